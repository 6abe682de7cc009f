/** The instants of a checked body, as they are stored. */
import type { JsonObject } from '../../messages/json.ts';
import type { Violation } from '../../messages/message.ts';
import type { World } from '../vendor.ts';
import type { IblConfig } from './credentials.ts';
import { parseInstant } from '../../frameworks/django-rest-framework/instant.ts';
import type { License } from './records.ts';
import { wrongField } from './sentences.ts';
import { OUT_OF_RANGE, WRONG_INSTANT } from '../../frameworks/django-rest-framework/field-errors.ts';

export type Instants = { readonly started?: string; readonly expired?: string | null };

/** What passes the documented format may still be no instant to the framework: a leap second, a small `t`. */
export function readInstants(body: JsonObject): {
  readonly instants: Instants;
  readonly violations: readonly Violation[];
} {
  const instants: { started?: string; expired?: string | null } = {};
  const violations: Violation[] = [];
  for (const field of ['started', 'expired'] as const) {
    const text = body[field];
    if (text === null) instants.expired = null;
    if (typeof text !== 'string') continue;
    const parsed = parseInstant(text);
    if (typeof parsed === 'object') instants[field] = parsed.stored;
    else
      violations.push(wrongField(field, parsed === 'out-of-range' ? OUT_OF_RANGE : WRONG_INSTANT));
  }
  return { instants, violations };
}

/** An end before the start is accepted. */
export function noteDates({ started, expired }: License, { note }: World<IblConfig>): void {
  if (expired !== null && expired < started) note('IBL-DATES-ORDER');
}
