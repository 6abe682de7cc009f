/** What an OpenAPI document says about an operation's fields, so that a fault can stand beside it. */
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';
import type { SpecDocument } from '../openapi/spec-document.ts';

export type Documented = {
  /** `string, date-time`; `integer, at least 1`. */
  readonly type: string;
  readonly description: string | undefined;
  readonly example: Json | undefined;
  readonly isRequired: boolean;
};

export type Place = 'body' | 'query' | 'header' | 'path';

/** Undefined: the document does not describe the field. */
export function findDocumented(
  document: SpecDocument,
  operation: string,
  place: Place,
  path: readonly (string | number)[],
): Documented | undefined {
  const found = findOperation(document, operation);
  if (!found) return undefined;
  if (place === 'body') return describeBody(document, found, path);
  const parameters = listOf(found['parameters']).map((each) => resolve(document, each));
  const name = String(path[0] ?? '').toLowerCase();
  const parameter = parameters.find(
    (each) => each['in'] === place && String(each['name']).toLowerCase() === name,
  );
  if (!parameter) return undefined;
  const schema = resolve(document, parameter['schema']);
  return {
    ...describe({ ...schema, ...pick(parameter, ['description', 'example']) }),
    isRequired: parameter['required'] === true,
  };
}

/** A body that the document gives as an example of the operation. */
export function findExample(document: SpecDocument, operation: string): Json | undefined {
  const content = contentOf(document, operation);
  const named = Object.values(asObject(content?.['examples'])).map((each) =>
    resolve(document, each),
  );
  return named[0]?.['value'] ?? content?.['example'] ?? asObject(content?.['schema'])['example'];
}

function contentOf(document: SpecDocument, operation: string): JsonObject | undefined {
  const found = findOperation(document, operation);
  const body = resolve(document, found?.['requestBody']);
  const contents = asObject(body['content']);
  const content = contents['application/json'] ?? Object.values(contents)[0];
  return isJsonObject(content) ? content : undefined;
}

function describeBody(
  document: SpecDocument,
  operation: JsonObject,
  path: readonly (string | number)[],
): Documented | undefined {
  const body = resolve(document, operation['requestBody']);
  const contents = asObject(body['content']);
  const content = asObject(contents['application/json'] ?? Object.values(contents)[0]);
  let schema = resolve(document, content['schema']);
  let isRequired = false;
  for (const name of path) {
    const parts = [schema, ...listOf(schema['allOf']).map((each) => resolve(document, each))];
    if (typeof name === 'number') {
      schema = resolve(document, parts.map((part) => part['items']).find(Boolean));
      continue;
    }
    const owner = parts.find((part) => name in asObject(part['properties']));
    if (!owner) return undefined;
    isRequired = parts.some((part) => listOf(part['required']).includes(name));
    schema = resolve(document, asObject(owner['properties'])[name]);
  }
  return { ...describe(schema), isRequired };
}

/** A pattern that only excludes what no client sends on purpose: control characters and lone surrogates. */
const NO_CONTROL = /^\^\[\^\\u0000/;

export function describe(schema: JsonObject): Omit<Documented, 'isRequired'> {
  const { type, format, enum: values, minimum, maximum, maxLength, pattern } = schema;
  const facts = [
    Array.isArray(type) ? type.join(' or ') : type,
    format,
    Array.isArray(values) ? `one of ${values.map((each) => JSON.stringify(each)).join(', ')}` : '',
    minimum === undefined || format === 'int32' ? '' : `at least ${minimum}`,
    maximum === undefined || format === 'int32' ? '' : `at most ${maximum}`,
    maxLength === undefined ? '' : `at most ${maxLength} characters`,
    pattern === undefined || NO_CONTROL.test(String(pattern)) ? '' : `like ${pattern}`,
  ];
  const { description, example } = schema;
  return {
    type: facts.filter(Boolean).join(', '),
    description: typeof description === 'string' ? description : undefined,
    example,
  };
}

function findOperation(document: SpecDocument, id: string): JsonObject | undefined {
  for (const item of Object.values(asObject(document.paths))) {
    for (const [method, operation] of Object.entries(asObject(item))) {
      if (!isJsonObject(operation) || operation['operationId'] !== id) continue;
      if (method === 'parameters') continue;
      const shared = listOf(asObject(item)['parameters']);
      return { ...operation, parameters: [...shared, ...listOf(operation['parameters'])] };
    }
  }
  return undefined;
}

/** Follows references within the document. */
export function resolve(document: SpecDocument, value: unknown, depth = 0): JsonObject {
  const object = asObject(value);
  const pointer = object['$ref'];
  if (typeof pointer !== 'string' || depth > 20) return object;
  let target: unknown = document;
  for (const segment of pointer.replace(/^#\/?/, '').split('/')) {
    const name = decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~');
    target = asObject(target)[name] ?? (Array.isArray(target) ? target[Number(name)] : undefined);
  }
  return resolve(document, target, depth + 1);
}

export function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

export function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function pick(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = object[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
