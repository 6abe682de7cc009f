/** The operations of an OpenAPI document as people read them: parameters, bodies and answers with resolved references. */
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';
import type { SpecDocument } from '../api/api.ts';
import { asObject, describe, listOf, resolve } from '../traffic/documented.ts';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

export type ReadOperation = {
  /** The operationId; method and path where there is none. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly body: Content | undefined;
  readonly answers: readonly Answer[];
};

export type Field = {
  readonly name: string;
  /** `string, date-time`. */
  readonly type: string;
  readonly description: string;
  readonly example: Json | undefined;
  readonly isRequired: boolean;
  /** The schema of an object, or of a list's items. Undefined: the field has no parts. */
  readonly inside: JsonObject | undefined;
};

export type Parameter = Field & { readonly place: string };

export type Content = {
  readonly mediaTypes: readonly string[];
  readonly schema: JsonObject;
  readonly example: Json | undefined;
};

export type Answer = {
  readonly status: string;
  readonly description: string;
  readonly content: Content | undefined;
};

export function readOperations(document: SpecDocument): readonly ReadOperation[] {
  return Object.entries(asObject(document.paths)).flatMap(([path, value]) => {
    const item = resolve(document, value);
    return METHODS.flatMap((method) => {
      const written = item[method];
      if (!isJsonObject(written)) return [];
      return [
        readOperation(document, written, { method, path, shared: listOf(item['parameters']) }),
      ];
    });
  });
}

function readOperation(
  document: SpecDocument,
  written: JsonObject,
  { method, path, shared }: { method: string; path: string; shared: readonly Json[] },
): ReadOperation {
  const parameters = [...shared, ...listOf(written['parameters'])]
    .map((each) => resolve(document, each))
    // Swagger 2.0 has the body among the parameters.
    .filter((each) => each['in'] !== 'body');
  const answers = Object.entries(asObject(written['responses'])).map(([status, each]): Answer => {
    const answer = resolve(document, each);
    return {
      status,
      description: textOf(answer['description']),
      content: readContent(document, answer),
    };
  });
  return {
    id: textOf(written['operationId']) || `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    summary: textOf(written['summary']),
    description: textOf(written['description']),
    parameters: parameters.map((each) => readParameter(document, each)),
    body: readContent(document, resolve(document, written['requestBody'])),
    answers,
  };
}

function readParameter(document: SpecDocument, written: JsonObject): Parameter {
  const schema = resolve(document, written['schema'] ?? written);
  const field = readField(document, textOf(written['name']), schema, written['required'] === true);
  return {
    ...field,
    place: textOf(written['in']),
    description: textOf(written['description']) || field.description,
    example: written['example'] ?? field.example ?? schema['default'],
  };
}

function readContent(document: SpecDocument, owner: JsonObject): Content | undefined {
  const contents = asObject(owner['content']);
  const mediaTypes = Object.keys(contents);
  const [first] = mediaTypes;
  if (first === undefined) return undefined;
  const content = asObject(contents['application/json'] ?? contents[first]);
  const [named] = Object.values(asObject(content['examples']));
  const schema = resolve(document, content['schema']);
  const example = resolve(document, named)['value'] ?? content['example'] ?? exampleOf(schema);
  return { mediaTypes, schema, example };
}

/** The fields of an object, also of its `allOf`. Empty, if the schema is not one of an object. */
export function readFields(document: SpecDocument, schema: JsonObject): readonly Field[] {
  const parts = partsOf(document, schema);
  const required = new Set(parts.flatMap((part) => listOf(part['required'])));
  return parts.flatMap((part) =>
    Object.entries(asObject(part['properties'])).map(([name, each]) =>
      readField(document, name, resolve(document, each), required.has(name)),
    ),
  );
}

function readField(
  document: SpecDocument,
  name: string,
  schema: JsonObject,
  isRequired: boolean,
): Field {
  const { type, description } = describe(schema);
  const items = resolve(document, schema['items']);
  const inside = [schema, items].find((each) =>
    partsOf(document, each).some((part) => isJsonObject(part['properties'])),
  );
  const itemType = describe(items).type;
  const list = itemType === '' ? 'list' : `list of ${itemType}`;
  return {
    name,
    type: type.startsWith('array') ? type.replace('array', list) : type,
    description: description ?? '',
    example: exampleOf(schema),
    isRequired,
    inside,
  };
}

function partsOf(document: SpecDocument, schema: JsonObject): readonly JsonObject[] {
  const all = ['allOf', 'anyOf', 'oneOf'].flatMap((name) => listOf(schema[name]));
  return [schema, ...all.map((each) => resolve(document, each))];
}

function exampleOf(schema: JsonObject): Json | undefined {
  return schema['example'] ?? listOf(schema['examples'])[0];
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}
