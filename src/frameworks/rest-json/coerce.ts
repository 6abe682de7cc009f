/**
 * Accepts what a lenient service accepts beyond its docs, with one warning each: parameters that the operation does
 * not have are ignored, and null counts as a parameter that was left out.
 */
import type { Context } from '../framework.ts';
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';
import type { Place, RequestContent } from '../../messages/message.ts';
import type { Operation, Schema } from '../../openapi/operation.ts';
import { nameOf } from './refusals.ts';
import type { NoteRow } from './rows.ts';

/** A vendor's coercion of one value of the body. It is called before the values inside that value are coerced. */
export type CoerceValue<Config> = (
  value: Json,
  schema: Schema,
  path: Place['path'],
  context: Context<Config>,
) => Json;

/** Warnings name at most this many unknown names, and then give the number of the others. */
const MAX_UNKNOWN_NAMED = 50;

export function coerceContent<Config>(
  { query, body }: RequestContent,
  operation: Operation,
  context: Context<Config>,
  note: NoteRow,
  coerceValue: CoerceValue<Config> = (value) => value,
): RequestContent {
  const unknown = createUnknown(context, note);
  for (const name of Object.keys(query)) {
    if (!Object.hasOwn(operation.query, name)) unknown.ignore('query', [name]);
  }

  function coerceAny(value: Json, schema: Schema, path: Place['path']): Json {
    const own = coerceValue(value, schema, path, context);
    const { items, properties } = schema;
    if (Array.isArray(own)) {
      return items ? own.map((item, index) => coerceAny(item, items, [...path, index])) : own;
    }
    return properties && isJsonObject(own) ? coerceObject(own, schema, properties, path) : own;
  }

  function coerceObject(
    value: JsonObject,
    schema: Schema,
    properties: Readonly<Record<string, Schema>>,
    path: Place['path'],
  ): JsonObject {
    const isKnown = (name: string) => Object.hasOwn(properties, name);
    if (!schema.additionalProperties) {
      const names = Object.keys(value).filter((name) => !isKnown(name));
      for (const name of names) unknown.ignore('body', [...path, name]);
    }
    const kept = Object.entries(value).flatMap(([name, item]): [string, Json][] => {
      const known = isKnown(name) ? properties[name] : undefined;
      if (!known) return schema.additionalProperties ? [[name, item]] : [];
      const at = [...path, name];
      if (item !== null || schema.required?.includes(name) || allowsNull(known)) {
        return [[name, coerceAny(item, known, at)]];
      }
      note('NULLS');
      context.warn({
        in: 'body',
        path: at,
        keyword: 'type',
        message: `${nameOf(at)} is null and was ignored. The docs do not allow null.`,
      });
      return [];
    });
    return Object.fromEntries(kept);
  }

  const coerced =
    body === undefined || !operation.body ? body : coerceAny(body, operation.body, []);
  unknown.countRest();
  return { query, body: coerced };
}

function allowsNull({ type }: Schema): boolean {
  return Array.isArray(type) && type.includes('null');
}

function createUnknown(context: Context<unknown>, note: NoteRow) {
  const counts = { query: 0, body: 0 };
  const warn = (place: 'query' | 'body', path: Place['path'], message: string) =>
    context.warn({ in: place, path, keyword: 'additionalProperties', message });
  return {
    ignore(place: 'query' | 'body', path: Place['path']): void {
      note('UNKNOWN-PARAMETERS');
      counts[place] += 1;
      if (counts[place] > MAX_UNKNOWN_NAMED) return;
      const name = nameOf(path);
      warn(place, path, `${name} is not a ${place} parameter of this operation and was ignored.`);
    },
    /** Adds a warning with the number of names that were not listed. */
    countRest(): void {
      for (const place of ['query', 'body'] as const) {
        const more = counts[place] - MAX_UNKNOWN_NAMED;
        if (more <= 0) continue;
        const message = `${more} more unknown ${place} parameters were ignored.`;
        warn(place, [], message);
      }
    },
  };
}
