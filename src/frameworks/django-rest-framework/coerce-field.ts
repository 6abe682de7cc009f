/** Values that the framework's fields accept besides the documented type, and the values that they become. */
import type { Json } from '../../messages/json.ts';
import type { FieldRule } from './field-rules.ts';
import { parseInstant, showInstant } from './instant.ts';
import { numberText, parseInteger, strip } from './python-text.ts';

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

/** Returns a value that the framework does not accept unchanged. */
export function coerceField(value: Json, rule: FieldRule): Coerced {
  switch (rule.kind) {
    case 'integer':
      return typeof value === 'string' ? coerceInteger(value, rule) : { value };
    case 'boolean':
      return coerceBoolean(value, rule);
    case 'date-time':
      return typeof value === 'string' ? coerceInstant(value, rule) : { value };
    case 'string':
      return coerceString(value, rule);
    case 'object':
      return { value };
  }
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

function coerceInstant(text: string, { name }: FieldRule): Coerced {
  const parsed = parseInstant(text);
  if (typeof parsed === 'string' || parsed.documented) return { value: text };
  const value = showInstant(parsed.stored);
  return tolerate(
    value,
    'format',
    `${name} is ${shown(text)}, which the vendor reads as ${value}`,
    'a date-time with a zone',
  );
}

/** Converts numbers to text and removes white space around texts. */
function coerceString(given: Json, { name }: FieldRule): Coerced {
  if (typeof given === 'number') {
    const value = numberText(given);
    return tolerate(
      value,
      'type',
      `${name} is the number ${value}, which the vendor reads as text`,
      'a string',
    );
  }
  if (typeof given !== 'string') return { value: given };
  const value = strip(given);
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
