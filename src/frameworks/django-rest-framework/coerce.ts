/** Converts the values that the framework accepts to the documented types, with one warning each. Refuses nothing. */
import type { Json, JsonObject } from '../../messages/json.ts';
import type { Query, RequestContent } from '../../messages/message.ts';
import type { Operation, Schema } from '../../openapi/operation.ts';
import type { Context } from '../framework.ts';
import { coerceField, refusedValue } from './coerce-field.ts';
import { isEmailAddress } from './email-address.ts';
import type { DjangoFacts, DjangoReading, RowBehind } from './facts.ts';
import { fieldRules, parameterRule } from './field-rules.ts';
import type { WrittenNumbers } from './python-json.ts';
import { lastValue } from './query-dict.ts';

/** Warnings name at most this many unknown fields. */
const MAX_UNKNOWN = 100;
/** The paginator's parameter for the page size. The paginator uses its default if the value is not a number. */
const PAGE_SIZE = 'page_size';
/** No text, which the documented type refuses. */
const NO_TEXT = ['', ''];
/** A text that nothing reads as an integer. */
const NO_INTEGER = 'no integer';

export function coerce<Config>(
  sent: RequestContent,
  { route, written }: DjangoReading,
  facts: Pick<DjangoFacts<Config>, 'rowBehind' | 'validate'>,
  context: Context<Config>,
): RequestContent {
  if (!route) return sent;
  const { operation } = route;
  const { query, body } = sent;
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return {
    body: isObject ? coerceBody(body, operation, written, facts, context) : body,
    query: coerceQuery(query, operation, context),
  };
}

/** Drops fields that the serializer does not have. */
function coerceBody<Config>(
  body: JsonObject,
  operation: Operation,
  written: WrittenNumbers | undefined,
  { rowBehind, validate }: Pick<DjangoFacts<Config>, 'rowBehind' | 'validate'>,
  context: Context<Config>,
): Json {
  const rules = fieldRules(operation.body ?? {});
  const coerced: Record<string, Json> = {};
  const unknown: string[] = [];
  for (const [name, given] of Object.entries(body)) {
    const rule = rules.get(name);
    if (!rule) {
      unknown.push(name);
      continue;
    }
    const { value, tolerated } = coerceField(given, rule, context, written?.get(name));
    if (tolerated) {
      context.note('COERCIONS');
      context.warn({ in: 'body', path: [name], ...tolerated });
    }
    const isRefused = validate(name, value, context) !== undefined;
    coerced[name] = isRefused ? refusedValue(rule) : value;
  }
  warnOfUnknown(unknown, operation, rowBehind, context);
  return coerced;
}

/** Adds one warning for each unknown field, up to `MAX_UNKNOWN`. */
function warnOfUnknown(
  names: readonly string[],
  operation: Operation,
  rowBehind: RowBehind,
  { note, warn }: Context<unknown>,
): void {
  const keyword = 'additionalProperties';
  for (const name of names.slice(0, MAX_UNKNOWN)) {
    const place = { in: 'body', path: [name], keyword } as const;
    note(rowBehind(place, operation) ?? 'UNKNOWN-FIELDS');
    warn({
      ...place,
      message: `${name.slice(0, 100)} is not a documented field of this operation; the vendor ignores it.`,
    });
  }
  if (names.length <= MAX_UNKNOWN) return;
  warn({
    in: 'body',
    path: [],
    keyword,
    message: `${names.length - MAX_UNKNOWN} more fields are not documented for this operation; the vendor ignores them.`,
  });
}

function coerceQuery(
  query: Query,
  { query: parameters }: Operation,
  context: Context<unknown>,
): Query {
  const entries: [string, Query[string]][] = [];
  for (const [name, values] of Object.entries(query)) {
    const text = coerceRepeated(name, values, context);
    const schema = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    const value = schema ? coerceParameter(name, text, schema, context) : text;
    if (value !== undefined) entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

function coerceRepeated(
  name: string,
  values: string | readonly string[],
  { note, warn }: Context<unknown>,
): string {
  if (typeof values === 'object') {
    note('REPEATED-PARAMETERS');
    warn({
      in: 'query',
      path: [name],
      keyword: 'type',
      message: `${name} was sent ${values.length} times; the docs allow one value, and the vendor uses the last.`,
    });
  }
  return lastValue(values) ?? '';
}

/** Returns the text in the form of the documented type; undefined if the parameter counts as not given. */
function coerceParameter(
  name: string,
  text: string,
  schema: Schema,
  context: Context<unknown>,
): Query[string] | undefined {
  const rule = parameterRule(name, schema);
  const warn = (keyword: string, message: string) =>
    context.warn({ in: 'query', path: [name], keyword, message });
  if (text === '') {
    const isText = rule.kind === 'string' || rule.kind === 'email';
    const keyword = isText ? 'minLength' : 'type';
    context.note('EMPTY-FILTER');
    warn(keyword, `${name} is empty; the docs require a value, and the vendor ignores it.`);
    return undefined;
  }
  if (rule.kind === 'string') return text;
  if (rule.kind === 'email') return isEmailAddress(text) ? text : NO_TEXT;
  const { value, tolerated } = coerceField(text, rule, context);
  if (rule.kind === 'boolean' && typeof value !== 'boolean' && isIgnored(context)) {
    warn('type', `${name} is not a boolean; the vendor ignores it.`);
    return undefined;
  }
  const canonical = String(value);
  // Unlike a field, the paginator does not read 7.0.
  if (name === PAGE_SIZE && (typeof value !== 'number' || text.includes('.'))) {
    context.note('PAGE-SIZE-LIMITS');
    warn('type', `${name} is not an integer; the vendor uses its default.`);
    return undefined;
  }
  if (tolerated && canonical !== text) {
    context.note('COERCIONS');
    warn(tolerated.keyword, tolerated.message);
  }
  // Prism reads integers that the framework does not: a space as 0, and 0x10.
  if (rule.kind === 'integer' && typeof value !== 'number') return NO_INTEGER;
  return canonical;
}

/** Ledger row BOOLEAN-FILTER: a parameter that is no boolean. */
function isIgnored(context: Context<unknown>): boolean {
  return context.choose('BOOLEAN-FILTER') === 'ignored';
}
