/** Checks whether an override can act. Throws the first fault, with its position. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { FixedReply, Override } from '../control-api/control-api.ts';
import { MockError, messageOf } from '../errors.ts';
import { findPatternViolations } from '../matching/pattern.ts';
import { toPointer, type SchemaViolation } from '../schema/json-schema.ts';
import { findConflicts } from './find-conflicts.ts';
import { findNearest } from '../matching/nearest.ts';

export type KnownVendors = readonly {
  readonly name: string;
  readonly operations: readonly string[];
}[];

/** Headers that mark the end of the answer. The server sets them itself. */
const FRAMING = new Set(['connection', 'content-length', 'transfer-encoding']);
const BODILESS = new Set([204, 205, 304]);

/**
 * Prism has validated each field. This checks which fields can be combined, and whether the override can ever act.
 * Throws `MockError` `invalid-request` with the pointer of the first invalid field.
 */
export function checkOverride(override: Override, known: KnownVendors): void {
  for (const fault of findFaults(override, known)) throw toError(fault);
}

function* findFaults(override: Override, known: KnownVendors): Generator<SchemaViolation> {
  yield* findUnknownNames(override, known);
  for (const { path, message } of findPatternViolations(override.when)) {
    yield { path: ['when', ...path], message };
  }
  yield* findConflicts(override.effect);
  const { reply } = override.effect;
  if (reply?.status !== undefined) yield* findReplyFaults(reply);
}

function* findUnknownNames(
  { vendor, operation }: Override,
  known: KnownVendors,
): Generator<SchemaViolation> {
  const names = known.map(({ name }) => name);
  if (vendor !== undefined && !names.includes(vendor)) {
    yield {
      path: ['vendor'],
      message: `unknown vendor ${quote(vendor)}. ${suggest(vendor, names)}`,
    };
  }
  const ofVendor = vendor === undefined ? known : known.filter(({ name }) => name === vendor);
  const operations = ofVendor.flatMap((each) => each.operations);
  if (operation === undefined || operations.includes(operation)) return;
  const owner = known.find((each) => each.operations.includes(operation));
  yield {
    path: ['operation'],
    message: owner
      ? `${quote(operation)} is an operation of ${owner.name}, not of ${vendor}. ${suggest(operation, operations)}`
      : `unknown operation ${quote(operation)}. ${suggest(operation, operations)}`,
  };
}

function* findReplyFaults({ status, headers = {}, body }: FixedReply): Generator<SchemaViolation> {
  const path = ['effect', 'reply'];
  if (body !== undefined && BODILESS.has(status)) {
    yield { path: [...path, 'body'], message: `a ${status} response has no body. Leave it out.` };
  }
  for (const [name, value] of Object.entries(headers)) {
    const at = [...path, 'headers', name];
    if (FRAMING.has(name.toLowerCase())) {
      yield { path: at, message: 'the server sets this header itself. Leave it out.' };
    }
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch (thrown) {
      yield { path: at, message: `cannot be sent: ${messageOf(thrown)}.` };
    }
  }
}

function suggest(wrong: string, known: readonly string[]): string {
  return known.length > 0
    ? `Did you mean: ${findNearest(wrong, known).join(', ')}?`
    : 'There are none.';
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}

function toError({ path, message }: SchemaViolation): MockError {
  const where = path.length > 0 ? path.map((name) => name.slice(0, 80)).join('.') : 'The override';
  return new MockError('invalid-request', `${where}: ${message}`, { pointer: toPointer(path) });
}
