/** Converts XML to the value that its schema describes (OpenAPI's XML object: `name`, `attribute`, `wrapped`). */
import { SaxesParser } from 'saxes';
import type { Json, JsonObject } from '../../messages/json.ts';
import type { Schema } from '../../openapi/operation.ts';
import { toScalar } from './to-scalar.ts';

type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
};

type XmlSchema = Schema & {
  readonly xml?: { readonly name?: string; readonly wrapped?: boolean };
};

const MAX_DEPTH = 200;

/** Throws if the text is not XML. */
export function decodeXml(text: string, schema: Schema): Json {
  return toValue(parse(text), schema);
}

function parse(text: string): Element {
  const parser = new SaxesParser();
  const document: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [document];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > MAX_DEPTH) throw new Error(`It is nested deeper than ${MAX_DEPTH} levels.`);
    const element: Element = { name: localName(name), attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const append = (part: string): void => {
    const element = open.at(-1);
    if (element) element.text += part;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.write(text).close();
  const [root] = document.children;
  if (!root) throw new Error('It has no element.');
  return root;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function toValue(element: Element, schema: XmlSchema | undefined): Json {
  const { children, attributes } = element;
  if (isOf(schema, 'array')) return children.map((child) => toValue(child, schema?.items));
  const fields = propertiesOf(schema);
  const hasFields = children.length > 0 || Object.keys(attributes).length > 0;
  if (!hasFields && !isOf(schema, 'object')) return toScalar(element.text, schema);
  const value: JsonObject = {};
  for (const [name, text] of Object.entries(attributes)) {
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
    const [key, field] = findField(fields, localName(name));
    define(value, key, toScalar(text, field));
  }
  for (const [name, group] of Map.groupBy(children, (child) => child.name)) {
    const [key, field] = findField(fields, name);
    define(value, key, toField(group, field));
  }
  return value;
}

function toField(group: readonly Element[], field: XmlSchema | undefined): Json {
  const [first] = group;
  if (isOf(field, 'array') && !field?.xml?.wrapped) {
    return group.map((child) => toValue(child, field?.items));
  }
  if (group.length === 1 && first) return toValue(first, field);
  return group.map((child) => toValue(child, field));
}

function isOf(schema: XmlSchema | undefined, type: string): boolean {
  return [schema?.type ?? (schema?.properties ? 'object' : [])].flat().includes(type);
}

function propertiesOf(schema: XmlSchema | undefined): Readonly<Record<string, XmlSchema>> {
  const { properties, allOf = [], oneOf = [], anyOf = [] } = schema ?? {};
  const parts = [...allOf, ...oneOf, ...anyOf].map(propertiesOf);
  return Object.assign({}, ...parts, properties) as Readonly<Record<string, XmlSchema>>;
}

function findField(
  fields: Readonly<Record<string, XmlSchema>>,
  name: string,
): readonly [string, XmlSchema | undefined] {
  const renamed = Object.entries(fields).find(([, { xml }]) => xml?.name === name);
  return renamed ?? [name, Object.hasOwn(fields, name) ? fields[name] : undefined];
}

/** Sets a field, even one named `__proto__`. */
function define(value: JsonObject, key: string, field: Json): void {
  Object.defineProperty(value, key, { value: field, enumerable: true, configurable: true });
}
