/**
 * Bodies that are one of several closed objects, for Prism. Held against each of them in turn, a body that fits none
 * gets every fault of every alternative, and none of these sentences helps. So Prism holds it against one object with
 * the fields of all; which of the fields go together is for the handler to judge, in a sentence that says why.
 */
import { isJsonObject, type Json, type JsonObject } from '../messages/json.ts';
import type { Spec, SpecOperation } from './spec.ts';

/** What Prism judges by is changed; the document stays as it is. */
export function withMergedAlternatives(spec: Spec): Spec {
  return { ...spec, operations: spec.operations.map(mergeBody) };
}

function mergeBody(loaded: SpecOperation): SpecOperation {
  const { request } = loaded.prism;
  if (!request?.body?.contents || !JSON.stringify(request.body).includes('"oneOf":')) return loaded;
  const contents = request.body.contents.map((content) => ({
    ...content,
    schema: mergeAlternatives(content.schema as Json) as object,
  }));
  return {
    ...loaded,
    prism: { ...loaded.prism, request: { ...request, body: { ...request.body, contents } } },
    // Without one, Prism is asked in full.
    bodySchema: undefined,
  };
}

/** Every `oneOf` of a schema without references, also inside another one. */
export function mergeAlternatives(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(mergeAlternatives);
  if (!isJsonObject(schema)) return schema;
  const { oneOf, ...rest } = mapValues(schema, mergeAlternatives);
  return Array.isArray(oneOf) ? { ...rest, ...mergeObjects(oneOf as ClosedObject[]) } : rest;
}

type ClosedObject = { properties: JsonObject; required?: string[] };

function mergeObjects(objects: readonly ClosedObject[]): JsonObject {
  const fields = objects.flatMap(({ properties }) => Object.entries(properties));
  const schemas = Map.groupBy(fields, ([name]) => name);
  const [first, ...others] = objects.map(({ required = [] }) => new Set(required));
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      [...schemas].map(([name, found]) => [name, mergeFields(found.map(([, schema]) => schema))]),
    ),
    required: [...(first ?? [])].filter((name) => others.every((each) => each.has(name))),
  };
}

/** What the alternatives say of one field: the same, or some of the values that it can have. */
function mergeFields(schemas: readonly Json[]): Json {
  const [first = {}] = schemas;
  const values = schemas.flatMap((schema) => (schema as { enum?: Json[] }).enum ?? []);
  return values.length > 0 ? { ...(first as JsonObject), enum: [...new Set(values)] } : first;
}

function mapValues(object: JsonObject, map: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}
