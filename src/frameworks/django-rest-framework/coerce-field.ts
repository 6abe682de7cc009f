/** Values that the framework's fields accept besides the documented type, and the values that they become. */
import type { Json } from '../../messages/json.ts';
import type { Context } from '../framework.ts';
import { isEmailAddress } from './email-address.ts';
import type { FieldRule } from './field-rules.ts';
import { showInstant } from './instant.ts';
import { integerOf, numberText, parseInteger, strip } from './python-text.ts';
import { readInstant } from './django-version.ts';

/** `tolerated` says what was accepted against the docs; undefined if nothing was, or if the value is refused later. */
export type Coerced = {
  readonly value: Json;
  readonly tolerated?: { readonly keyword: string; readonly message: string };
};

const TRUE = new Set<Json>([
  't',
  'T',
  'y',
  'Y',
  'yes',
  'Yes',
  'YES',
  'true',
  'True',
  'TRUE',
  'on',
  'On',
  'ON',
  '1',
  1,
]);
const FALSE = new Set<Json>([
  'f',
  'F',
  'n',
  'N',
  'no',
  'No',
  'NO',
  'false',
  'False',
  'FALSE',
  'off',
  'Off',
  'OFF',
  '0',
  0,
]);
const SHOWN_LENGTH = 60;

/**
 * Returns a value that the framework does not accept unchanged, or as one that Prism does not accept either. `written`
 * is the Python text of a number whose value does not tell: see python-json.ts.
 */
export function coerceField(
  value: Json,
  rule: FieldRule,
  context: Context<unknown>,
  written?: string,
): Coerced {
  switch (rule.kind) {
    case 'integer':
      if (written !== undefined) return { value: integerOf(written) ?? refusedValue(rule) };
      return typeof value === 'string' ? coerceInteger(value, rule) : { value };
    case 'boolean':
      return coerceBoolean(value, rule);
    case 'date-time':
      return typeof value === 'string' ? coerceInstant(value, rule, context) : { value };
    case 'string':
    case 'email':
      return coerceString(value, rule, written);
    case 'object':
      return { value };
  }
}

/** A value that Prism refuses, for one that the framework refuses although the documented schema allows it. */
export function refusedValue({ kind }: FieldRule): Json {
  return kind === 'string' || kind === 'email' ? 0 : '';
}

/** The boolean that the framework reads from a value; undefined if it reads none. */
function parseBoolean(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (TRUE.has(value)) return true;
  return FALSE.has(value) ? false : undefined;
}

function coerceInteger(text: string, { name }: FieldRule): Coerced {
  const value = parseInteger(text);
  if (value === undefined) return { value: text };
  return tolerate(
    value,
    'type',
    `${name} is the text ${shown(text)}, which the vendor reads as ${value}`,
    'an integer',
  );
}

function coerceBoolean(given: Json, { name }: FieldRule): Coerced {
  const value = parseBoolean(given);
  if (value === undefined || value === given) return { value: given };
  return tolerate(
    value,
    'type',
    `${name} is ${shown(given)}, which the vendor reads as ${value}`,
    'a boolean',
  );
}

/** The framework refuses some instants that the documented format allows: leap seconds, a lower-case `z`. */
function coerceInstant(text: string, rule: FieldRule, context: Context<unknown>): Coerced {
  const { name } = rule;
  const parsed = readInstant(text, context);
  if (typeof parsed === 'string') return { value: refusedValue(rule) };
  if (parsed.documented) return { value: text };
  const value = showInstant(parsed.stored);
  return tolerate(
    value,
    'format',
    `${name} is ${shown(text)}, which the vendor reads as ${value}`,
    'a date-time with a zone',
  );
}

/** Converts numbers to text and removes white space around texts. */
function coerceString(given: Json, rule: FieldRule, written: string | undefined): Coerced {
  const { name } = rule;
  // A number's text is no address.
  if (typeof given === 'number' && rule.kind === 'email') return { value: refusedValue(rule) };
  if (typeof given === 'number') {
    const value = numberText(given, written);
    return tolerate(
      value,
      'type',
      `${name} is the number ${value}, which the vendor reads as text`,
      'a string',
    );
  }
  if (typeof given !== 'string') return { value: given };
  const value = strip(given);
  const isWrongEmail = rule.kind === 'email' && value !== '' && !isEmailAddress(value);
  if (isWrongEmail) return { value: refusedValue(rule) };
  if (value === given || value === '') return { value };
  return {
    value,
    tolerated: {
      keyword: 'tolerance',
      message: `${name} has spaces around ${shown(value)}, which the vendor removes.`,
    },
  };
}

function tolerate(value: Json, keyword: string, what: string, wanted: string): Coerced {
  return { value, tolerated: { keyword, message: `${what}; the docs require ${wanted}.` } };
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}
