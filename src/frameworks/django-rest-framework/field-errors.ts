/** The body of a serializer's 400: every wrong field, with the framework's message. */
import type { Json } from '../../messages/json.ts';
import type { Violation } from '../../messages/message.ts';
import type { Context } from '../framework.ts';
import { coerceField } from './coerce-field.ts';
import type { DjangoFacts, DjangoReading, DjangoRow } from './facts.ts';
import { fieldRules, parameterRule, type FieldRule } from './field-rules.ts';
import { isTooLongForInteger, strip, typeName } from './python-text.ts';
import { readInstant } from './django-version.ts';
import { lastValue } from './query-dict.ts';

export const REQUIRED = 'This field is required.';
export const NOT_UNIQUE = 'This field must be unique.';
const WRONG_INSTANT =
  'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].';
const OUT_OF_RANGE = 'Datetime value out of range.';
const WRONG_EMAIL = 'Enter a valid email address.';
const NULL = 'This field may not be null.';
const BLANK = 'This field may not be blank.';

/** Keywords whose own message is shown: those of handlers, and those that only profile strict refuses. */
const OWN_WORDS = new Set(['rule', 'tolerance', 'additionalProperties']);

/** Prism's keywords for a body that is not an object: `required` if it is null, false, 0 or an empty text. */
const WHOLE_BODY = new Set(['type', 'required']);

/** Errors of the whole body come first, then fields in the serializer's order, each with its first message. */
export function fieldErrors<Config>(
  violations: readonly Violation[],
  reading: DjangoReading,
  { rowBehind, validate }: Pick<DjangoFacts<Config>, 'rowBehind' | 'validate'>,
  context: Context<Config>,
): Json {
  const { note } = context;
  const operation = reading.route?.operation;
  const found = new Map<string, { sentences: string[]; order: number }>();
  for (const violation of violations) {
    const field = violation.path[0];
    const { rule, value } = lookUp(violation, reading);
    const row =
      operation && rule && (rowBehind(violation, operation) ?? ownRowBehind(violation, rule));
    if (row) note(row);
    const isWhole = field === undefined;
    const isWrongBody = isWhole && value !== undefined && WHOLE_BODY.has(violation.keyword);
    const written = reading.written?.get(isWhole ? '' : String(field));
    const own = () => {
      const isRead = rule && value !== undefined && violation.in === 'body';
      return (
        isRead && validate(rule.name, coerceField(value, rule, context, written).value, context)
      );
    };
    const sentence = isWrongBody
      ? wholeBodySentence(value, written)
      : own() || sentenceFor(violation, rule, value, { written, context });
    const sentences = typeof sentence === 'string' ? [sentence] : sentence;
    const name = isWhole ? 'non_field_errors' : String(field);
    const order = rule?.order ?? (isWhole ? -1 : Number.MAX_SAFE_INTEGER);
    if (!found.has(name)) found.set(name, { sentences, order });
  }
  const sorted = [...found].toSorted(([, a], [, b]) => a.order - b.order);
  return Object.fromEntries(sorted.map(([name, { sentences }]) => [name, sentences]));
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
    const parameters = route?.operation.query ?? {};
    const parameter = parameters[name];
    const order = Object.keys(parameters).indexOf(name);
    const value = lastValue(sent?.query[name]);
    return { rule: parameter && parameterRule(name, parameter, order), value };
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
  if (place === 'query') return undefined;
  return kind === 'string' && keyword === 'pattern' ? 'TEXT-CHARACTERS' : undefined;
}

function wholeBodySentence(body: Json, written: string | undefined): string {
  if (body === null) return 'No data provided';
  return `Invalid data. Expected a dictionary, but got ${typeName(body, written)}.`;
}

function sentenceFor(
  { keyword, message }: Violation,
  rule: FieldRule | undefined,
  value: Json | undefined,
  {
    written,
    context,
  }: { readonly written: string | undefined; readonly context: Context<unknown> },
): string | string[] {
  if (!rule || OWN_WORDS.has(keyword)) return message;
  // Prism also misses a parameter whose text is empty, or was emptied because it is wrong.
  if (keyword === 'required' && value === undefined) return REQUIRED;
  if (keyword === 'reference') return unknownReference(rule.name, value ?? null);
  if (value === null || value === undefined) return NULL;
  switch (rule.kind) {
    case 'integer':
      return integerSentence(value);
    case 'boolean':
      return 'Must be a valid boolean.';
    case 'date-time':
      return isOutOfRange(value, context) ? OUT_OF_RANGE : WRONG_INSTANT;
    case 'object':
      return `Expected a dictionary of items but got type "${typeName(value, written)}".`;
    case 'email':
    case 'string':
      return stringSentence(value, rule.kind === 'email');
  }
}

function integerSentence(value: Json): string {
  const isTooLong = typeof value === 'string' && isTooLongForInteger(value);
  return isTooLong ? 'String value too large.' : 'A valid integer is required.';
}

function isOutOfRange(value: Json, context: Context<unknown>): boolean {
  return typeof value === 'string' && readInstant(value, context) === 'out-of-range';
}

/** A string's validators do not stop at the first that fails. */
function stringSentence(value: Json, isEmail: boolean): string | string[] {
  if (typeof value !== 'string') return isEmail ? WRONG_EMAIL : 'Not a valid string.';
  if (strip(value) === '') return BLANK;
  const [surrogate] = /\p{Surrogate}/u.exec(value) ?? [];
  const code = surrogate?.charCodeAt(0).toString(16).toUpperCase();
  const found = [
    ...(value.includes('\u0000') ? ['Null characters are not allowed.'] : []),
    ...(code === undefined ? [] : [`Surrogate characters are not allowed: U+${code}.`]),
  ];
  // No address has such characters.
  if (isEmail) return [...found, WRONG_EMAIL];
  return found.length > 0 ? found : 'Not a valid string.';
}
