/** A validator's rules as data, and the check of a model's values against them. */
import type { Json, JsonObject } from '../../../messages/json.ts';
import { formatDateTime, parseStored } from '../values/date-time.ts';
import type { Field, Model } from '../model.ts';
import type { ValidationFailure } from './validation-result.ts';
import {
  validators,
  type Argument,
  type Validator,
  type ValidatorName,
  type Values,
} from './validators.ts';

export type Rule = {
  readonly property: string;
  readonly validator: ValidatorName;
  readonly arguments?: readonly Argument[];
};

/** Returns one failure for each broken rule, in the order of the rules. */
export function validate(
  model: Model,
  values: Values,
  rules: readonly Rule[],
): readonly ValidationFailure[] {
  return rules.flatMap((rule) => {
    const field = model.find(rule.property);
    if (!field) return [];
    const validator: Validator = validators[rule.validator];
    const value = values[rule.property] ?? null;
    const given = rule.arguments ?? [];
    const placeholders = validator.check(value, given, { field, values });
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

/** Converts a stored value to the vendor's form: removes the -00:00 that stands for an unknown offset. */
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

/** DateTime.ToString of a server in the United States. Row DATE-MESSAGES. */
function toAmericanDate(text: string): string {
  const [, year, month, day, hours, rest] = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+:\d+)/.exec(text) ?? [];
  if (year === undefined) return text;
  const hour = Number(hours);
  const half = hour < 12 ? 'AM' : 'PM';
  return `${Number(month)}/${Number(day)}/${Number(year)} ${hour % 12 || 12}:${rest} ${half}`;
}

/** Ledger rows that this folder refers to, without the vendor's prefix. */
export const fluentValidationRows = [
  'DATE-MESSAGES',
  'LENGTH-MESSAGES',
  'LIBRARY',
  'RESULT',
] as const;

type FluentValidationRow = (typeof fluentValidationRows)[number];

const LENGTHS = new Set(['MinimumLengthValidator', 'MaximumLengthValidator']);

/** Ledger rows that determine the wording of these failures. */
export function rowsBehind(
  failures: readonly ValidationFailure[],
  model: Model,
): ReadonlySet<FluentValidationRow> {
  const rows = new Set<FluentValidationRow>();
  for (const { propertyName, errorCode, placeholders } of failures) {
    rows.add('LIBRARY');
    if (errorCode !== null && LENGTHS.has(errorCode)) rows.add('LENGTH-MESSAGES');
    const isCompared = Object.hasOwn(placeholders ?? {}, 'ComparisonValue');
    const isDate = model.find(propertyName)?.type === 'date';
    if (isDate && isCompared) rows.add('DATE-MESSAGES');
  }
  return rows;
}
