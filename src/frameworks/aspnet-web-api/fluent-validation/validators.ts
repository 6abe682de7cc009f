/**
 * FluentValidation 7.2.1's validators as data: the condition, message and code of each, and the values that it puts into
 * the message, in the library's order. Row LIBRARY.
 */
import type { Json, JsonObject } from '../../../messages/json.ts';
import { compareDates, parseStored, type DateTime } from '../values/date-time.ts';
import { isEmailAddress } from './email-address.ts';
import { defaultOf, type Field, type FieldType } from '../model.ts';

export type Argument = string | number;

/** A value for each field of the model. Dates have the form that `formatStored` writes. */
export type Values = Readonly<Record<string, Json>>;

export type Validator = {
  /** Name of the FluentValidation class, which is the failure's ErrorCode. */
  readonly code: string;
  /** Null if the rule has its own message. */
  readonly resource: string | null;
  readonly message: string;
  /** Field types that it supports; undefined: all, lists included. */
  readonly types?: readonly FieldType[];
  readonly arguments: readonly ('integer' | 'text' | 'value' | 'field')[];
  /** Returns the values for the message if `value` breaks the rule; undefined if it does not. */
  check(
    value: Json,
    given: readonly Argument[],
    on: { readonly field: Field; readonly values: Values },
  ): JsonObject | undefined;
};

const patterns = new Map<string, RegExp>();
/** More than any scenario has. */
const MAX_PATTERNS = 100;

function breaks(isBroken: boolean, placeholders: JsonObject = {}): JsonObject | undefined {
  return isBroken ? placeholders : undefined;
}

function library(
  name: string,
  message: string,
  rest: Pick<Validator, 'arguments' | 'check' | 'types'>,
): Validator {
  return { code: name, resource: name, message, ...rest };
}

function comparison(name: string, words: string, isBroken: (order: number) => boolean): Validator {
  return library(name, `'{PropertyName}' must be ${words} '{ComparisonValue}'.`, {
    types: ['int', 'date'],
    arguments: ['value'],
    check(value, [other = 0]) {
      return breaks(value !== null && isBroken(compare(value, other)), { ComparisonValue: other });
    },
  });
}

function length(
  name: string,
  message: string,
  rest: { arguments: Validator['arguments']; range(given: readonly number[]): [number, number] },
): Validator {
  return library(name, message, {
    types: ['text'],
    arguments: rest.arguments,
    check(value, given) {
      if (typeof value !== 'string') return undefined;
      const [minimum, maximum] = rest.range(given.map(Number));
      const isBroken = value.length < minimum || (maximum !== -1 && value.length > maximum);
      return breaks(isBroken, {
        MinLength: minimum,
        MaxLength: maximum,
        TotalLength: value.length,
      });
    },
  });
}

export const validators = {
  NotEmpty: library('NotEmptyValidator', "'{PropertyName}' should not be empty.", {
    arguments: [],
    check: (value, _, { field }) => breaks(isEmpty(value, field)),
  }),
  NotNull: library('NotNullValidator', "'{PropertyName}' must not be empty.", {
    arguments: [],
    check: (value) => breaks(value === null),
  }),
  GreaterThan: comparison('GreaterThanValidator', 'greater than', (order) => order <= 0),
  GreaterThanOrEqual: comparison(
    'GreaterThanOrEqualValidator',
    'greater than or equal to',
    (order) => order < 0,
  ),
  LessThan: comparison('LessThanValidator', 'less than', (order) => order >= 0),
  LessThanOrEqual: comparison(
    'LessThanOrEqualValidator',
    'less than or equal to',
    (order) => order > 0,
  ),
  Equal: library('EqualValidator', "'{PropertyName}' should be equal to '{ComparisonValue}'.", {
    types: ['text', 'int', 'guid'],
    arguments: ['value'],
    check: (value, [other = null]) => breaks(value !== other, { ComparisonValue: other }),
  }),
  NotEqual: library(
    'NotEqualValidator',
    "'{PropertyName}' should not be equal to '{ComparisonValue}'.",
    {
      types: ['text', 'int', 'guid'],
      arguments: ['value'],
      check: (value, [other = null]) => breaks(value === other, { ComparisonValue: other }),
    },
  ),
  Length: length(
    'LengthValidator',
    "'{PropertyName}' must be between {MinLength} and {MaxLength} characters. You entered {TotalLength} characters.",
    {
      arguments: ['integer', 'integer'],
      range: ([minimum = 0, maximum = -1]) => [minimum, maximum],
    },
  ),
  MinimumLength: length(
    'MinimumLengthValidator',
    "The length of '{PropertyName}' must be at least {MinLength} characters. You entered {TotalLength} characters.",
    { arguments: ['integer'], range: ([minimum = 0]) => [minimum, -1] },
  ),
  MaximumLength: length(
    'MaximumLengthValidator',
    "The length of '{PropertyName}' must be {MaxLength} characters or fewer. You entered {TotalLength} characters.",
    { arguments: ['integer'], range: ([maximum = -1]) => [0, maximum] },
  ),
  Email: library('EmailValidator', "'{PropertyName}' is not a valid email address.", {
    types: ['text'],
    arguments: [],
    check: (value) => breaks(typeof value === 'string' && !isEmailAddress(value)),
  }),
  Matches: library('RegularExpressionValidator', "'{PropertyName}' is not in the correct format.", {
    types: ['text'],
    arguments: ['text'],
    check(value, [pattern = '']) {
      const isBroken = typeof value === 'string' && !compilePattern(String(pattern)).test(value);
      return breaks(isBroken, { RegularExpression: pattern });
    },
  }),
  /** A `Must` rule with its own message, as in the recorded run. */
  After: {
    code: 'PredicateValidator',
    resource: null,
    message: '{Property} must be after {Other}',
    types: ['date'],
    arguments: ['field'],
    check(value, [other = ''], { values }) {
      const [one, limit] = [toDate(value), toDate(values[String(other)] ?? null)];
      return breaks(one !== undefined && limit !== undefined && compareDates(one, limit) <= 0);
    },
  },
} as const satisfies Record<string, Validator>;

export type ValidatorName = keyof typeof validators;

/** Compiles each pattern once. Throws if `pattern` is not a valid regular expression. */
export function compilePattern(pattern: string): RegExp {
  const known = patterns.get(pattern);
  if (known) return known;
  const compiled = new RegExp(pattern);
  if (patterns.size === MAX_PATTERNS) patterns.clear();
  patterns.set(pattern, compiled);
  return compiled;
}

function isEmpty(value: Json, field: Field): boolean {
  if (typeof value === 'string' && field.type === 'text') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  return value === defaultOf(field);
}

function compare(value: Json, other: Argument): number {
  const [one, limit] = [toDate(value), toDate(other)];
  return one && limit ? compareDates(one, limit) : Number(value) - Number(other);
}

function toDate(value: Json): DateTime | undefined {
  return typeof value === 'string' ? parseStored(value) : undefined;
}
