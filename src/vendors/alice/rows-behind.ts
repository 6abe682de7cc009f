/** The ledger's rows that decide what a broken rule's failure says. */
import type { JsonObject } from '../../messages/json.ts';
import { findField } from '../../frameworks/aspnet-web-api/model.ts';
import type { ValidationFailure } from '../../frameworks/aspnet-web-api/fluent-validation/validation-result.ts';

const LENGTHS = new Set(['MinimumLengthValidator', 'MaximumLengthValidator']);

/** `sent`: the license before what is left out gets its default. */
export function rowsBehind(
  failures: readonly ValidationFailure[],
  sent: JsonObject,
): ReadonlySet<string> {
  const rows = new Set<string>();
  for (const { propertyName, errorCode, placeholders } of failures) {
    rows.add('ALICE-LIBRARY').add('ALICE-RULES');
    if (errorCode !== null && LENGTHS.has(errorCode)) rows.add('ALICE-LENGTH-MESSAGES');
    const field = findField(propertyName);
    if (!field) continue;
    const isCompared = Object.hasOwn(placeholders ?? {}, 'ComparisonValue');
    if (field.type === 'date' && isCompared) rows.add('ALICE-DATE-MESSAGES');
    if (!field.isNullable && !Object.hasOwn(sent, propertyName)) rows.add('ALICE-NULLABLE');
  }
  return rows;
}
