/**
 * Decodes forms that contain lists or objects. Prism keeps only the last of several fields with one name and reads
 * lists as text unless the document gives an encoding. By default, OpenAPI repeats a list's field and writes objects as
 * JSON.
 */
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';
import type { HttpRequest } from '../../messages/message.ts';
import type { Schema } from '../../openapi/operation.ts';
import { toScalar } from './to-scalar.ts';

type Encoding = {
  readonly property: string;
  readonly style?: string;
  readonly explode?: boolean;
};
type Content = { readonly schema?: object; readonly encodings?: readonly Encoding[] };

export function isForm(mediaType: string): boolean {
  return ['application/x-www-form-urlencoded', 'multipart/form-data'].includes(mediaType);
}

/** True if Prism would decode the form wrongly. Prism reads the separators of a list as reserved characters. */
export function needsDecoding({ schema, encodings = [] }: Content): boolean {
  const { properties = {} } = (schema ?? {}) as Schema;
  const isComplex = Object.values(properties).some(
    ({ type }) => type === 'array' || type === 'object',
  );
  return isComplex && (encodings.length === 0 || encodings.some(isSeparated));
}

function isSeparated({ style = 'form', explode }: Encoding): boolean {
  return explode === false || style !== 'form';
}

/** A field of an object: `filter[name]`. */
const DEEP = /^([^[\]]+)\[([^[\]]+)\]$/;

/** Throws if the body is not a form. */
export async function decodeForm({ headers, body }: HttpRequest, content: Content): Promise<Json> {
  const { properties = {} } = (content.schema ?? {}) as Schema;
  const type = headers['content-type'] ?? '';
  const form = await new Response(Uint8Array.from(body), {
    headers: { 'content-type': type },
  }).formData();
  const value: JsonObject = {};
  for (const name of new Set(form.keys())) {
    const texts = await Promise.all(
      form.getAll(name).map((each) => (typeof each === 'string' ? each : each.text())),
    );
    const encodingOf = (field: string) =>
      content.encodings?.find(({ property }) => property === field);
    const schemaOf = (field: string) =>
      Object.hasOwn(properties, field) ? properties[field] : undefined;
    const [, owner = '', key = ''] = DEEP.exec(name) ?? [];
    if (encodingOf(owner)?.style === 'deepObject') {
      const known = Object.hasOwn(value, owner) ? value[owner] : undefined;
      const nested = isJsonObject(known) ? known : {};
      set(nested, key, toField(texts, schemaOf(owner)?.properties?.[key]));
      set(value, owner, nested);
    } else {
      const schema = schemaOf(name);
      set(value, name, toField(split(texts, schema, encodingOf(name)), schema));
    }
  }
  return value;
}

/** Sets a field, even one named `__proto__`. */
function set(target: JsonObject, name: string, field: Json): void {
  Object.defineProperty(target, name, { value: field, enumerable: true, configurable: true });
}

const SEPARATORS: Readonly<Record<string, string>> = {
  form: ',',
  spaceDelimited: ' ',
  pipeDelimited: '|',
};

/** The items of a list that is sent as one field. */
function split(
  texts: readonly string[],
  schema: Schema | undefined,
  { style = 'form', explode = style === 'form' }: Partial<Encoding> = {},
): readonly string[] {
  const separator = SEPARATORS[style];
  if (schema?.type !== 'array' || explode || separator === undefined) return texts;
  return texts.flatMap((text) => text.split(separator));
}

function toField(texts: readonly string[], schema: Schema | undefined): Json {
  if (schema?.type === 'array') return texts.map((text) => toPart(text, schema.items));
  const parts = texts.map((text) => toPart(text, schema));
  const [first = ''] = parts;
  return parts.length > 1 ? parts : first;
}

function toPart(text: string, schema: Schema | undefined): Json {
  if (schema?.type !== 'object' && schema?.type !== 'array') return toScalar(text, schema);
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
