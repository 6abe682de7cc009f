/** Turns what the framework is known to accept into the documented types, one warning each; refuses nothing. */
import type { Context } from '../../frameworks/framework.ts';
import type { Received } from '../../frameworks/legacy.ts';
import type { Json } from '../../messages/json.ts';
import type { Operation, Route, Schema } from '../../openapi/operation.ts';
import { coerceField } from './coerce-field.ts';
import type { IblConfig } from './config.ts';
import { fieldRules, parameterRule } from './field-rules.ts';
import { lastValue, type QueryDict } from './query-dict.ts';

/** What an update cannot change. */
const FIXED = /^(?:platform|program)_/;
/** How many unknown fields are named one by one. */
const MAX_UNKNOWN = 100;

export function coerce(
  received: Received,
  { operation }: Route,
  context: Context<IblConfig>,
): Received {
  const { identity, body, query } = received;
  return {
    identity,
    body: body === undefined ? undefined : coerceBody(body, operation, context),
    query: coerceQuery(query, operation, context),
  };
}

/** Fields that the serializer does not know are dropped. */
function coerceBody(body: Json, operation: Operation, context: Context<IblConfig>): Json {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const rules = fieldRules(operation.body ?? {});
  const coerced: Record<string, Json> = {};
  const unknown: string[] = [];
  for (const name of Object.keys(body)) {
    const given = body[name] as Json;
    const rule = rules.get(name);
    if (!rule) {
      unknown.push(name);
      continue;
    }
    const { value, tolerated } = coerceField(given, rule);
    if (tolerated) {
      context.note('IBL-COERCIONS');
      context.warn({ in: 'body', path: [name], ...tolerated });
    }
    coerced[name] = value;
  }
  warnOfUnknown(unknown, operation.id, context);
  return coerced;
}

/** One warning each, up to a number that no honest client reaches. */
function warnOfUnknown(
  names: readonly string[],
  operationId: string,
  { note, warn }: Context<IblConfig>,
): void {
  for (const name of names.slice(0, MAX_UNKNOWN)) {
    note(unknownFieldRow(name, operationId));
    warn({
      in: 'body',
      path: [name],
      keyword: 'additionalProperties',
      message: `${name.slice(0, 100)} is no field of this operation: the docs do not have it, and the vendor ignores it.`,
    });
  }
  if (names.length <= MAX_UNKNOWN) return;
  warn({
    in: 'body',
    path: [],
    keyword: 'additionalProperties',
    message: `${names.length - MAX_UNKNOWN} more fields are none of this operation: the docs do not have them, and the vendor ignores them.`,
  });
}

/** Which row a field that the operation lacks is a case of. */
function unknownFieldRow(name: string, operationId: string): string {
  if (operationId === 'updateProgramLicense' && FIXED.test(name)) return 'IBL-UPDATE-PLATFORM';
  return name === 'program_id' ? 'IBL-CREATE-FIELDS' : 'IBL-UNKNOWN-FIELDS';
}

function coerceQuery(
  query: QueryDict,
  { query: parameters }: Operation,
  context: Context<IblConfig>,
): Received['query'] {
  const entries: [string, string][] = [];
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
  { note, warn }: Context<IblConfig>,
): string {
  if (typeof values === 'object') {
    note('IBL-REPEATED-PARAMETERS');
    warn({
      in: 'query',
      path: [name],
      keyword: 'type',
      message: `${name} came ${values.length} times: the docs want one, and the vendor takes the last.`,
    });
  }
  return lastValue(values) ?? '';
}

/** The text in the form that the docs' type is written in; undefined where the parameter counts as not given. */
function coerceParameter(
  name: string,
  text: string,
  schema: Schema,
  context: Context<IblConfig>,
): string | undefined {
  const rule = parameterRule(name, schema);
  const drop = (keyword: string, message: string, row: string): undefined => {
    context.note(row);
    context.warn({ in: 'query', path: [name], keyword, message });
  };
  if (text === '') {
    const keyword = rule.kind === 'string' ? 'minLength' : 'type';
    return drop(
      keyword,
      `${name} is empty: the docs want a value, and the vendor takes it for not given.`,
      'IBL-EMPTY-FILTER',
    );
  }
  if (rule.kind === 'string') return text;
  const { value, tolerated } = coerceField(text, rule);
  const canonical = String(value);
  if (name === 'page_size' && typeof value !== 'number') {
    return drop(
      'type',
      `${name} is no integer: the docs want one, and the vendor takes its default.`,
      'IBL-PAGE-SIZE-LIMITS',
    );
  }
  if (tolerated && canonical !== text) {
    context.note('IBL-COERCIONS');
    context.warn({ in: 'query', path: [name], ...tolerated });
  }
  return canonical;
}
