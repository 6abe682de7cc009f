/** Decodes a body for Prism. */
import { MockError, messageOf } from '../../errors.ts';
import type { Json } from '../../messages/json.ts';
import { isJsonType, isXmlType, isYamlType, parseMediaType } from '../../messages/media-type.ts';
import type { HttpRequest } from '../../messages/message.ts';
import type { Schema } from '../../openapi/operation.ts';
import type { PrismOperation } from '../../openapi/read-operations.ts';
import { parseYaml } from '../../yaml/yaml-document.ts';
import { decodeForm, isForm, needsDecoding } from './decode-form.ts';
import { decodeXml } from './decode-xml.ts';
import { contentsFor } from './for-body.ts';
import { toScalar } from './to-scalar.ts';

/**
 * Parses JSON and YAML; converts XML, some forms and numbers by their schemas; returns everything else as text. Throws
 * `MockError` `bad-request`.
 */
export async function readBody(
  http: HttpRequest,
  operation: PrismOperation,
): Promise<Json | undefined> {
  if (http.body.length === 0) return undefined;
  const { name } = parseMediaType(http.headers['content-type']);
  const text = http.body.toString('utf8').replace(/^\uFEFF/, '');
  if (isJsonType(name)) return parse('JSON', () => JSON.parse(text) as Json);
  const [content] = contentsFor(operation, http.headers['content-type']);
  const schema = content?.schema as Schema | undefined;
  if (!content || !schema || schema.type === 'string') return text;
  if (isXmlType(name)) return parse('XML', () => decodeXml(text, schema));
  if (isYamlType(name)) return parse('YAML', () => decodeYaml(text));
  if (!isForm(name)) return toScalar(text, schema);
  return needsDecoding(content) ? parse('a form', () => decodeForm(http, content)) : text;
}

function decodeYaml(text: string): Json {
  const { value, fault } = parseYaml(text);
  if (fault) throw new Error(fault.message);
  return value as Json;
}

async function parse(form: string, decode: () => Json | Promise<Json>): Promise<Json> {
  try {
    return await decode();
  } catch (cause) {
    throw new MockError('bad-request', `The body is not ${form}: ${messageOf(cause)}`, { cause });
  }
}
