/**
 * Decodes forms that contain lists or objects. Prism keeps only the last of several fields with one name and reads
 * lists as text unless the document gives an encoding. By default, OpenAPI repeats a list's field and writes objects as
 * JSON.
 */
import type { Json, JsonObject } from '../../messages/json.ts';
import type { HttpRequest } from '../../messages/message.ts';
import type { Schema } from '../../openapi/operation.ts';
import { toScalar } from './to-scalar.ts';

type Content = { readonly schema?: object; readonly encodings?: readonly object[] };

export function isForm(mediaType: string): boolean {
  return ['application/x-www-form-urlencoded', 'multipart/form-data'].includes(mediaType);
}

/** True if Prism would decode the form wrongly. Prism handles forms for which the document gives encodings. */
export function needsDecoding({ schema, encodings = [] }: Content): boolean {
  const { properties = {} } = (schema ?? {}) as Schema;
  return (
    encodings.length === 0 &&
    Object.values(properties).some(({ type }) => type === 'array' || type === 'object')
  );
}

/** Throws if the body is not a form. */
export async function decodeForm({ headers, body }: HttpRequest, schema: Schema): Promise<Json> {
  const type = headers['content-type'] ?? '';
  const form = await new Response(Uint8Array.from(body), {
    headers: { 'content-type': type },
  }).formData();
  const value: JsonObject = {};
  for (const name of new Set(form.keys())) {
    const texts = await Promise.all(
      form.getAll(name).map((each) => (typeof each === 'string' ? each : each.text())),
    );
    const decoded = toField(texts, schema.properties?.[name]);
    Object.defineProperty(value, name, { value: decoded, enumerable: true, configurable: true });
  }
  return value;
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
