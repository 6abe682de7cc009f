/** The body of a serializer's 400: every wrong field, with the framework's message. */
import type { Json } from '../../messages/json.ts';
import type { Violation } from '../../messages/message.ts';
import type { Context } from '../framework.ts';
import type { DjangoReading, DjangoRow, RowBehind } from './facts.ts';
import { fieldRules, parameterRule, type FieldRule } from './field-rules.ts';
import { isTooLongForInteger, parseInteger, strip, typeName } from './python-text.ts';
import { lastValue } from './query-dict.ts';

export const REQUIRED = 'This field is required.';
export const NOT_UNIQUE = 'This field must be unique.';
export const WRONG_INSTANT =
  'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].';
export const OUT_OF_RANGE = 'Datetime value out of range.';
const NULL = 'This field may not be null.';
const BLANK = 'This field may not be blank.';

/** Keywords whose own message is shown: those of handlers, and those that only profile strict refuses. */
const OWN_WORDS = new Set(['rule', 'tolerance', 'additionalProperties']);

/** Prism's keywords for a body that is not an object: `required` if it is null, false, 0 or an empty text. */
const WHOLE_BODY = new Set(['type', 'required']);

/** Errors of the whole body come first, then fields in the serializer's order, each with its first message. */
export function fieldErrors(
  violations: readonly Violation[],
  reading: DjangoReading,
  rowBehind: RowBehind,
  { note }: Context<unknown>,
): Json {
  const operation = reading.route?.operation;
  const found = new Map<string, { sentence: string; order: number }>();
  for (const violation of violations) {
    const field = violation.path[0];
    const { rule, value } = lookUp(violation, reading);
    const row =
      operation && rule && (rowBehind(violation, operation) ?? ownRowBehind(violation, rule));
    if (row) note(row);
    const isWhole = field === undefined;
    const isWrongBody = isWhole && value !== undefined && WHOLE_BODY.has(violation.keyword);
    const sentence = isWrongBody ? wholeBodySentence(value) : sentenceFor(violation, rule, value);
    const name = isWhole ? 'non_field_errors' : String(field);
    const order = rule?.order ?? (isWhole ? -1 : Number.MAX_SAFE_INTEGER);
    if (!found.has(name)) found.set(name, { sentence, order });
  }
  const sorted = [...found].toSorted(([, a], [, b]) => a.order - b.order);
  return Object.fromEntries(sorted.map(([name, { sentence }]) => [name, [sentence]]));
}

/** The message for a key that matches no record. */
export function unknownReference(field: string, value: Json): string {
  if (typeof value === 'number') return `Invalid pk "${value}" - object does not exist.`;
  return `Object with ${field}=${String(value)} does not exist.`;
}

/** Finds the rule of the field that a violation names, and its value as it was sent. */
function lookUp(
  { in: place, path: [field] }: Violation,
  { route, sent }: DjangoReading,
): { readonly rule: FieldRule | undefined; readonly value: Json | undefined } {
  const body = sent?.body;
  if (field === undefined) return { rule: undefined, value: body };
  const name = String(field);
  if (place === 'query') {
    const parameter = route?.operation.query[name];
    const value = lastValue(sent?.query[name]);
    return { rule: parameter && parameterRule(name, parameter), value };
  }
  const schema = route?.operation.body;
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return {
    rule: schema && fieldRules(schema).get(name),
    value: isObject && Object.hasOwn(body, name) ? body[name] : undefined,
  };
}

function ownRowBehind(
  { in: place, keyword }: Violation,
  { kind }: FieldRule,
): DjangoRow | undefined {
  if (place === 'query') return kind === 'boolean' ? 'BOOLEAN-FILTER' : undefined;
  return kind === 'string' && keyword === 'pattern' ? 'TEXT-CHARACTERS' : undefined;
}

function wholeBodySentence(body: Json): string {
  if (body === null) return 'No data provided';
  return `Invalid data. Expected a dictionary, but got ${typeName(body)}.`;
}

function sentenceFor(
  { keyword, message }: Violation,
  rule: FieldRule | undefined,
  value: Json | undefined,
): string {
  if (!rule || OWN_WORDS.has(keyword)) return message;
  if (keyword === 'required') return REQUIRED;
  if (keyword === 'reference') return unknownReference(rule.name, value ?? null);
  if (value === null || value === undefined) return NULL;
  switch (rule.kind) {
    case 'integer':
      return integerSentence(rule, value);
    case 'boolean':
      return 'Must be a valid boolean.';
    case 'date-time':
      return WRONG_INSTANT;
    case 'object':
      return `Expected a dictionary of items but got type "${typeName(value)}".`;
    case 'string':
      return stringSentence(keyword, value, rule.schema.format);
  }
}

function integerSentence({ schema }: FieldRule, value: Json): string {
  if (typeof value === 'string' && isTooLongForInteger(value)) return 'String value too large.';
  const number = typeof value === 'string' ? parseInteger(value) : value;
  if (typeof number === 'number' && Number.isInteger(number)) {
    const { minimum, maximum } = schema;
    if (minimum !== undefined && number < minimum) {
      return `Ensure this value is greater than or equal to ${minimum}.`;
    }
    if (maximum !== undefined && number > maximum) {
      return `Ensure this value is less than or equal to ${maximum}.`;
    }
  }
  return 'A valid integer is required.';
}

function stringSentence(keyword: string, value: Json, format: string | undefined): string {
  if (keyword === 'type' || typeof value !== 'string') return 'Not a valid string.';
  if (strip(value) === '') return BLANK;
  if (keyword === 'format' && format === 'email') return 'Enter a valid email address.';
  if (value.includes('\u0000')) return 'Null characters are not allowed.';
  const [surrogate] = /\p{Surrogate}/u.exec(value) ?? [];
  const code = surrogate?.charCodeAt(0).toString(16).toUpperCase();
  return code ? `Surrogate characters are not allowed: U+${code}.` : 'Not a valid string.';
}
