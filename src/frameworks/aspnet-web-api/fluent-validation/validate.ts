/** The vendor's rules, as data, and what a license breaks of them. ALICE-RULES. */
import type { Json, JsonObject } from '../../../messages/json.ts';
import { formatDateTime, parseStored } from '../values/date-time.ts';
import { findField, type Field, type FieldName, type LicenseValues } from '../model.ts';
import type { ValidationFailure } from './validation-result.ts';
import { validators, type Argument, type Validator, type ValidatorName } from './validators.ts';

export type Rule = {
  readonly property: FieldName;
  readonly validator: ValidatorName;
  readonly arguments?: readonly Argument[];
};

/** What a license needs to make sense; the vendor's own rules are unknown. */
export const defaultRules: readonly Rule[] = [
  { property: 'Name', validator: 'NotEmpty' },
  { property: 'AvailableSeats', validator: 'GreaterThan', arguments: [0] },
  { property: 'TargetUserGroupId', validator: 'NotEmpty' },
  { property: 'ContactEmail', validator: 'Email' },
  { property: 'EndDate', validator: 'After', arguments: ['StartDate'] },
  { property: 'Buffer', validator: 'GreaterThanOrEqual', arguments: [0] },
];

/** One failure for each broken rule, in the order of the rules. */
export function validate(
  license: LicenseValues,
  rules: readonly Rule[],
): readonly ValidationFailure[] {
  return rules.flatMap((rule) => {
    const field = findField(rule.property);
    if (!field) return [];
    const validator: Validator = validators[rule.validator];
    const value = license[rule.property];
    const given = rule.arguments ?? [];
    const placeholders = validator.check(value, given, { field, license });
    return placeholders ? [fail(field, value, validator, { placeholders, given })] : [];
  });
}

function fail(
  field: Field,
  value: Json,
  validator: Validator,
  { placeholders, given }: { placeholders: JsonObject; given: readonly Argument[] },
): ValidationFailure {
  const attemptedValue = toWireValue(field, value);
  const values: JsonObject = {
    ...placeholders,
    PropertyName: toDisplayName(field.name),
    PropertyValue: attemptedValue,
  };
  if (typeof values['ComparisonValue'] === 'string') {
    values['ComparisonValue'] = toWireValue(field, values['ComparisonValue']);
  }
  const words = { ...values, Property: field.name, Other: given[0] ?? null };
  return {
    propertyName: field.name,
    errorMessage: fillIn(validator.message, words, field),
    attemptedValue,
    errorCode: validator.code,
    placeholders: values,
    resourceName: validator.resource,
  };
}

/** A stored value as the vendor writes it: dates lose the stand-in for an unknown offset. */
export function toWireValue(field: Field, value: Json): Json {
  if (field.type !== 'date' || typeof value !== 'string') return value;
  const date = parseStored(value);
  return date ? formatDateTime(date) : value;
}

/** `AvailableSeats` to `Available Seats`. */
export function toDisplayName(property: string): string {
  return property.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
}

function fillIn(message: string, values: JsonObject, field: Field): string {
  return message.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return name === 'ComparisonValue' && field.type === 'date'
      ? toAmericanDate(String(value))
      : String(value);
  });
}

/** DateTime.ToString of a server in the United States. ALICE-DATE-MESSAGES. */
function toAmericanDate(text: string): string {
  const [, year, month, day, hours, rest] = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+:\d+)/.exec(text) ?? [];
  if (year === undefined) return text;
  const hour = Number(hours);
  const half = hour < 12 ? 'AM' : 'PM';
  return `${Number(month)}/${Number(day)}/${Number(year)} ${hour % 12 || 12}:${rest} ${half}`;
}
