/**
 * What the vendor's GraphQL types are known to take beside what the docs say: one value for a list, null for
 * something left out. Beyond that, forms of one value become one: UUIDs in lower case, timestamps in UTC.
 */
import type { Received } from '../../frameworks/legacy.ts';
import { isJsonObject, type Json } from '../../messages/json.ts';
import type { Route, Schema } from '../../openapi/operation.ts';
import type { TiContext } from './config.ts';
import { parseTimestamp } from './timestamp.ts';

/** Of more unknown names than this only the number is said. */
const MAX_UNKNOWN_NAMED = 50;

export function coerce(received: Received, route: Route, context: TiContext): Received {
  const { body, query } = received;
  const { operation } = route;
  warnUnknown(Object.keys(query), operation.query, 'query', context);
  if (!isJsonObject(body)) return received;
  const properties = operation.body?.properties ?? {};
  warnUnknown(Object.keys(body), properties, 'body', context);
  const known = Object.entries(body).flatMap(([name, value]): [string, Json][] => {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (schema === undefined) return [];
    if (value === null && !operation.body?.required?.includes(name)) {
      warnNull(name, context);
      return [];
    }
    return [[name, coerceProperty(name, value, schema, context)]];
  });
  return { ...received, body: Object.fromEntries(known) };
}

function coerceProperty(name: string, value: Json, schema: Schema, context: TiContext): Json {
  if (schema.type === 'array') {
    if (Array.isArray(value)) return value.map((item) => lowerUuid(item, context));
    if (typeof value === 'object') return value;
    // TI-SCALAR-IDS
    context.note('TI-SCALAR-IDS');
    context.warn({
      in: 'body',
      path: [name],
      keyword: 'type',
      message: `${name} is one value and was taken as a list of one. The docs want a list.`,
    });
    return [lowerUuid(value, context)];
  }
  if (typeof value !== 'string') return value;
  if (schema.format === 'uuid') return lowerUuid(value, context);
  return schema.format === 'date-time' ? toUtc(name, value, context) : value;
}

/** TI-UUID-CASE: an id is the same in any letter case, and answered in lower case. */
function lowerUuid(value: Json, context: TiContext): Json {
  if (typeof value !== 'string' || value.length !== 36) return value;
  const lower = value.toLowerCase();
  if (lower !== value) context.note('TI-UUID-CASE');
  return lower;
}

/** TI-TIMESTAMPS: any offset is kept as UTC; a date alone or a time without offset is taken for UTC. */
function toUtc(name: string, text: string, context: TiContext): string {
  const timestamp = parseTimestamp(text);
  if (!timestamp) return text;
  if (timestamp.utc !== text) context.note('TI-TIMESTAMPS');
  if (!timestamp.isComplete) {
    context.warn({
      in: 'body',
      path: [name],
      keyword: 'format',
      message: `${name} has no time or no offset and was taken as ${timestamp.utc}. The docs want an ISO 8601 timestamp.`,
    });
  }
  return timestamp.utc;
}

/** TI-NULLS: GraphQL takes null for a nullable argument. */
function warnNull(name: string, context: TiContext): void {
  context.note('TI-NULLS');
  context.warn({
    in: 'body',
    path: [name],
    keyword: 'type',
    message: `${name} is null and was taken as left out. The docs do not allow null.`,
  });
}

/** TI-UNKNOWN-PARAMETERS: what the operation does not know is left unread. */
function warnUnknown(
  names: readonly string[],
  known: Readonly<Record<string, Schema>>,
  place: 'body' | 'query',
  context: TiContext,
): void {
  const unknown = names.filter((name) => !Object.hasOwn(known, name));
  if (unknown.length === 0) return;
  context.note('TI-UNKNOWN-PARAMETERS');
  for (const name of unknown.slice(0, MAX_UNKNOWN_NAMED)) {
    context.warn({
      in: place,
      path: [name],
      keyword: 'additionalProperties',
      message: `${name.slice(0, 80)} is no ${place} parameter of this operation and was ignored.`,
    });
  }
  const more = unknown.length - MAX_UNKNOWN_NAMED;
  if (more <= 0) return;
  context.warn({
    in: place,
    path: [],
    keyword: 'additionalProperties',
    message: `${more} more ${place} parameters are unknown to this operation and were ignored.`,
  });
}
