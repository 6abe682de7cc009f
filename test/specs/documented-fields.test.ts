/*
 * Holds each spec against a list of what its vendor's docs promise: `test/specs/<vendor>-fields.tsv`.
 *
 * One line a field, columns separated by one tab, first line the header:
 *
 *   operation  in  field  type  nullable  required
 *
 * - operation: the spec's operationId.
 * - in:        body | query | response (the first 2xx answer).
 * - field:     dotted path from the root; lists are stepped through without a mark: `results.id`.
 * - type:      string, integer, number, boolean, object; with a format `string:date-time`, `string:uuid`;
 *              lists `array<string>`, `array<string:uuid>`, `array<object>`, `array<array<integer>>`;
 *              several types joined by `|` in the spec's order (`string|integer`); `any` where the schema names none.
 *              `null` is never part of it, see nullable.
 * - nullable:  yes | no. Nullable in the spec: `type: [string, 'null']`, or an alternative `{ type: 'null' }`.
 * - required:  yes | no, within the object that holds the field.
 *
 * Lines that start with `#` and empty lines are skipped. Where the spec has alternatives (oneOf, anyOf) the
 * first that is not null is held against the list. For body and query the list is complete: the spec may
 * have no field beside it. A body is described by the first media type.
 */
import { describe, expect, it } from 'vitest';
import { serveSpecs } from '../../src/parts.ts';
import { vendors } from '../../src/vendors/index.ts';
import {
  fieldsDocumentedFor,
  readFieldLists,
  type DocumentedField,
} from '../support/field-lists.ts';

type Node = Readonly<Record<string, unknown>>;
type Field = Pick<DocumentedField, 'type' | 'nullable' | 'required'>;

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options']);

const served = await serveSpecs({ specs: undefined }, vendors);
const lists = readFieldLists();

it.each([...lists])('the list of %s is of a vendor, and names each field once', (name, rows) => {
  expect(served.map(({ vendor }) => vendor.name)).toContain(name);
  expect(rows.length).toBeGreaterThan(0);
  const places = rows.map((row) => `${row.operation} ${row.in} ${row.field}`);
  expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
});

it.each([...lists])('the list of %s names only operations of its spec', (name, rows) => {
  const spec = served.find(({ vendor }) => vendor.name === name)?.spec;
  const known = spec?.operations.map(({ operation }) => operation.id);
  for (const { operation } of rows) expect(known).toContain(operation);
});

describe.each(served)('$vendor.name', ({ vendor, spec }) => {
  const document = spec.document as Node;
  const operations = spec.operations.map(({ operation }) => operation.id);

  for (const operation of operations) {
    const rows = fieldsDocumentedFor(lists, vendor, operation);
    const actual = describeOperation(document, operation);
    for (const place of ['body', 'query', 'response'] as const) {
      const expected = new Map<string, Field>(
        rows
          .filter((row) => row.in === place)
          .map(({ field, type, nullable, required }) => [field, { type, nullable, required }]),
      );
      if (expected.size === 0 && place === 'response') continue;

      it(`${operation}: every documented ${place} field has its type, nullability and requiredness`, () => {
        const found = Object.fromEntries(
          [...expected.keys()].map((field) => [field, actual[place].get(field) ?? 'is missing']),
        );
        expect(found).toEqual(Object.fromEntries(expected));
      });

      if (place === 'response') continue;
      it(`${operation}: no ${place} field that the docs lack`, () => {
        expect([...actual[place].keys()].filter((field) => !expected.has(field))).toEqual([]);
      });
    }
  }
});

function describeOperation(document: Node, operationId: string) {
  const operation = findOperation(document, operationId);
  const at = (node: unknown) => resolve(document, node);
  const query = new Map<string, Field>();
  for (const each of (operation['parameters'] as unknown[] | undefined) ?? []) {
    const parameter = at(each);
    if (parameter['in'] !== 'query') continue;
    const required = parameter['required'] === true;
    query.set(String(parameter['name']), describeField(document, parameter['schema'], required));
  }
  const responses = operation['responses'] as Node;
  const success = Object.keys(responses).find((status) => status.startsWith('2'));
  return {
    query,
    body: fieldsOf(document, firstMedia(at(operation['requestBody']))),
    response: fieldsOf(document, firstMedia(at(success && responses[success]))),
  };
}

function findOperation(document: Node, operationId: string): Node {
  for (const item of Object.values(document['paths'] as Record<string, Node>)) {
    for (const [method, operation] of Object.entries(item)) {
      if (!METHODS.has(method)) continue;
      if ((operation as Node)['operationId'] === operationId) return operation as Node;
    }
  }
  throw new Error(`No operation ${operationId} in the spec.`);
}

function firstMedia(holder: Node): unknown {
  const [media] = Object.values((holder['content'] as Node | undefined) ?? {});
  return (media as Node | undefined)?.['schema'];
}

/** Every field of a schema by its dotted path. */
function fieldsOf(
  document: Node,
  schema: unknown,
  prefix = '',
  into = new Map<string, Field>(),
  above: readonly unknown[] = [],
): Map<string, Field> {
  let { node } = firstAlternative(document, schema);
  while (node['items'] !== undefined) ({ node } = firstAlternative(document, node['items']));
  const properties = node['properties'] as Node | undefined;
  if (properties === undefined || above.includes(properties)) return into;
  const required = (node['required'] as string[] | undefined) ?? [];
  for (const [name, property] of Object.entries(properties)) {
    into.set(prefix + name, describeField(document, property, required.includes(name)));
    fieldsOf(document, property, `${prefix}${name}.`, into, [...above, properties]);
  }
  return into;
}

function describeField(document: Node, schema: unknown, required: boolean): Field {
  const { node, nullable } = firstAlternative(document, schema);
  return {
    type: typeOf(document, node),
    nullable: nullable ? 'yes' : 'no',
    required: required ? 'yes' : 'no',
  };
}

function typeOf(document: Node, node: Node): string {
  const types = typesOf(node).filter((type) => type !== 'null');
  if (types.length === 0) return 'any';
  return types
    .map((type) => {
      if (type === 'array') {
        const { node: item } = firstAlternative(document, node['items'] ?? {});
        return `array<${typeOf(document, item)}>`;
      }
      const format = node['format'];
      return type === 'string' && typeof format === 'string' ? `string:${format}` : type;
    })
    .join('|');
}

function typesOf(node: Node): string[] {
  const type = node['type'];
  if (Array.isArray(type)) return type.map(String);
  return type === undefined ? [] : [String(type)];
}

/** The schema that is held against the list, references followed, and whether null is allowed beside it. */
function firstAlternative(document: Node, schema: unknown): { node: Node; nullable: boolean } {
  const node = resolve(document, schema);
  const alternatives = (node['oneOf'] ?? node['anyOf']) as unknown[] | undefined;
  if (alternatives === undefined) return { node, nullable: typesOf(node).includes('null') };
  const resolved = alternatives.map((each) => resolve(document, each));
  const isNull = (each: Node) => each['type'] === 'null';
  const first = resolved.find((each) => !isNull(each)) ?? {};
  const inner = firstAlternative(document, first);
  return { node: inner.node, nullable: inner.nullable || resolved.some(isNull) };
}

function resolve(document: Node, node: unknown): Node {
  let current = (node ?? {}) as Node;
  while (typeof current['$ref'] === 'string') {
    let target: unknown = document;
    for (const segment of current['$ref'].slice(2).split('/')) target = (target as Node)[segment];
    current = (target ?? {}) as Node;
  }
  return current;
}
