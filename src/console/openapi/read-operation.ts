/** The operations of an OpenAPI document as people read them: parameters, bodies and answers with resolved references. */
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';
import type { SpecDocument } from './spec-document.ts';
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
  /** As written: its name stands in a reference. */
  readonly schema: JsonObject;
  readonly examples: readonly Example[];
};

export type Example = { readonly name: string; readonly value: Json };

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
  const schema = asObject(content['schema']);
  const named = Object.entries(asObject(content['examples'])).flatMap(([id, each]): Example[] => {
    const { summary, value } = resolve(document, each);
    return value === undefined ? [] : [{ name: textOf(summary) || id, value }];
  });
  const only = content['example'] ?? exampleOf(resolve(document, schema));
  const examples =
    named.length > 0 || only === undefined ? named : [{ name: 'example', value: only }];
  return { mediaTypes, schema, examples };
}

/** The fields of an object, also of its `allOf`. Empty, if the schema is not one of an object. */
export function readFields(document: SpecDocument, schema: JsonObject): readonly Field[] {
  const parts = partsOf(document, schema);
  const required = new Set(parts.flatMap((part) => listOf(part['required'])));
  const properties = Object.assign({}, ...parts.map((part) => asObject(part['properties'])));
  return Object.entries(properties as JsonObject).map(([name, each]) =>
    readField(document, name, resolve(document, each), required.has(name)),
  );
}

/** The schemas of which a value fits one (`oneOf`) or more (`anyOf`), named after their references. */
export function readForms(
  document: SpecDocument,
  schema: JsonObject,
): readonly { readonly name: string; readonly schema: JsonObject }[] {
  const target = resolve(document, schema);
  const forms = ['oneOf', 'anyOf'].flatMap((word) => listOf(target[word])).map(asObject);
  return forms
    .filter((form) => form['type'] !== 'null')
    .map((form, index) => ({
      name: textOf(form['$ref']).split('/').at(-1) || `Form ${index + 1}`,
      schema: form,
    }));
}

function readField(
  document: SpecDocument,
  name: string,
  schema: JsonObject,
  isRequired: boolean,
): Field {
  const { type, description } = describeField(schema);
  const items = resolve(document, schema['items']);
  const inside = [schema, items].find(
    (each) =>
      partsOf(document, each).some((part) => isJsonObject(part['properties'])) ||
      readForms(document, each).some((form) => hasFields(document, form.schema)),
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

/** A format says what its pattern and length say. */
function describeField({ pattern, maxLength, ...schema }: JsonObject) {
  if (schema['format'] !== undefined) return describe(schema);
  return describe({
    ...schema,
    ...(pattern !== undefined && { pattern }),
    ...(maxLength !== undefined && { maxLength }),
  });
}

function hasFields(document: SpecDocument, schema: JsonObject): boolean {
  return readFields(document, schema).length > 0;
}

function partsOf(document: SpecDocument, schema: JsonObject): readonly JsonObject[] {
  const target = resolve(document, schema);
  const all = listOf(target['allOf']).flatMap((each) => partsOf(document, asObject(each)));
  return [target, ...all];
}

function exampleOf(schema: JsonObject): Json | undefined {
  return schema['example'] ?? listOf(schema['examples'])[0];
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}
