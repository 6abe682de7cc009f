/**
 * Accepts what the vendor's GraphQL types accept beyond the docs: a single value for a list. Also normalizes values:
 * UUIDs to lower case, timestamps to UTC.
 */
import type { CoerceValue } from '../../frameworks/rest-json/coerce.ts';
import { nameOf } from '../../frameworks/rest-json/refusals.ts';
import type { Place } from '../../messages/message.ts';
import type { Config, TiContext } from './credentials.ts';
import { parseTimestamp } from './timestamp.ts';

export const coerceValue: CoerceValue<Config> = (value, schema, path, context) => {
  if ([schema.type].flat().includes('array') && typeof value !== 'object') {
    context.note('TI-SCALAR-IDS');
    context.warn({
      in: 'body',
      path,
      keyword: 'type',
      message: `${nameOf(path)} is a single value and was read as a list with one item. The docs require a list.`,
    });
    return [value];
  }
  if (typeof value !== 'string') return value;
  if (schema.format === 'uuid') return lowerUuid(value, context);
  return schema.format === 'date-time' ? toUtc(value, path, context) : value;
};

/** TI-UUID-CASE: ids ignore letter case; answers show them in lower case. */
function lowerUuid(value: string, context: TiContext): string {
  if (value.length !== 36) return value;
  const lower = value.toLowerCase();
  if (lower !== value) context.note('TI-UUID-CASE');
  return lower;
}

/** TI-TIMESTAMPS: converts any offset to UTC; reads a date without a time or an offset as UTC. */
function toUtc(text: string, path: Place['path'], context: TiContext): string {
  const timestamp = parseTimestamp(text);
  if (!timestamp) return text;
  if (timestamp.utc !== text) context.note('TI-TIMESTAMPS');
  if (!timestamp.isComplete) {
    context.warn({
      in: 'body',
      path,
      keyword: 'format',
      message: `${nameOf(path)} has no time or no offset and was read as ${timestamp.utc}. The docs require an ISO 8601 timestamp.`,
    });
  }
  return timestamp.utc;
}
