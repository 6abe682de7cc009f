/** Reads the items of a scenario's lists. */
import { parseMoment } from '../../../time/moment.ts';
import type { Json, JsonObject } from '../../../messages/json.ts';
import { mapLists, uniqueTexts, type IdLists } from '../records.ts';
import { formatTimestamp } from '../timestamp.ts';

/** Returns the fields that a scenario may give, with resolved dates. Ids and lists are stored elsewhere. */
export function readGiven(item: JsonObject, fields: Readonly<Record<string, object>>, now: number) {
  const given = Object.entries(item).flatMap(([name, value]): [string, Json][] => {
    const schema = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (schema === undefined) return [];
    const isMoment = 'format' in schema && schema.format === 'moment';
    return [[name, isMoment ? (readMoment(value, now) ?? null) : value]];
  });
  return Object.fromEntries(given) as JsonObject;
}

export function readMoment(value: Json | undefined, now: number): string | undefined {
  const at = typeof value === 'string' ? parseMoment(value, now) : undefined;
  return at === undefined ? undefined : formatTimestamp(at);
}

export function readLists(item: JsonObject): IdLists {
  return mapLists((name) => uniqueTexts(item[name]).map((id) => idOf(id)));
}

export function idOf(value: Json | undefined): string {
  return String(value).toLowerCase();
}

export function itemsOf(value: Json | undefined): JsonObject[] {
  return (value ?? []) as JsonObject[];
}
