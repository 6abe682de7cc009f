/** The framework's sentences for a field that is wrong. */
import type { Json } from '../../messages/json.ts';
import type { Violation } from '../../messages/message.ts';
import type { FieldRule } from './field-rules.ts';
import { isTooLongForInteger, parseInteger, strip, typeName } from './python-text.ts';

export const REQUIRED = 'This field is required.';
export const NOT_UNIQUE = 'This field must be unique.';
export const WRONG_INSTANT =
  'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].';
export const OUT_OF_RANGE = 'Datetime value out of range.';
const NULL = 'This field may not be null.';
const BLANK = 'This field may not be blank.';

/** Keywords whose message is the sentence: a handler found it, or only profile strict refuses it. */
const OWN_WORDS = new Set(['rule', 'tolerance', 'additionalProperties']);

/** `value` is the field's as it was sent. */
export function sentenceFor(
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
      return stringSentence(keyword, value);
  }
}

/** For a body that is no object. */
export function wholeBodySentence(body: Json): string {
  if (body === null) return 'No data provided';
  return `Invalid data. Expected a dictionary, but got ${typeName(body)}.`;
}

/** A key that leads to no record: ledger IBL-REFERENCES. */
export function unknownReference(field: string, value: Json): string {
  if (typeof value === 'number') return `Invalid pk "${value}" - object does not exist.`;
  return `Object with ${field}=${String(value)} does not exist.`;
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

function stringSentence(keyword: string, value: Json): string {
  if (keyword === 'type' || typeof value !== 'string') return 'Not a valid string.';
  if (strip(value) === '') return BLANK;
  if (value.includes('\u0000')) return 'Null characters are not allowed.';
  const [surrogate] = /\p{Surrogate}/u.exec(value) ?? [];
  const code = surrogate?.charCodeAt(0).toString(16).toUpperCase();
  return code ? `Surrogate characters are not allowed: U+${code}.` : 'Not a valid string.';
}
