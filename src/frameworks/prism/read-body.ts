/** Decodes a body for Prism, and picks the part of the operation that it is held against. */
import { MockError, messageOf } from '../../errors.ts';
import type { Json } from '../../messages/json.ts';
import { isJsonType, isXmlType, parseMediaType } from '../../messages/media-type.ts';
import type { HttpRequest } from '../../messages/message.ts';
import type { Schema } from '../../openapi/operation.ts';
import { validateBody } from '../../openapi/prism-validators.ts';
import type { PrismOperation } from '../../openapi/read-operations.ts';
import { decodeXml } from './decode-xml.ts';

/**
 * JSON as its value, XML as what its schema makes of it, everything else as text: forms are for Prism to decode.
 * Throws `MockError` `bad-request`.
 */
export function readBody(
  { headers, body }: HttpRequest,
  operation: PrismOperation,
): Json | undefined {
  if (body.length === 0) return undefined;
  const { name } = parseMediaType(headers['content-type']);
  const text = body.toString('utf8').replace(/^\uFEFF/, '');
  if (isJsonType(name)) return parse('JSON', () => JSON.parse(text) as Json);
  const schema = isXmlType(name) ? contentsFor(operation, name)[0]?.schema : undefined;
  if (schema === undefined || schema.type === 'string') return text;
  return parse('XML', () => decodeXml(text, schema as Schema));
}

function parse(form: string, decode: () => Json): Json {
  try {
    return decode();
  } catch (cause) {
    throw new MockError('bad-request', `The body is not ${form}: ${messageOf(cause)}`, { cause });
  }
}

/**
 * Prism holds a body against the first media type of the same subtype, where `a+json` and `b+json` are the same:
 * the one that was sent comes first. And Prism takes null, false, 0 and an empty text for no body at all: whether a
 * schema allows them is then looked at with the schema alone.
 */
export function forBody(
  operation: PrismOperation,
  { headers }: HttpRequest,
  body: Json | undefined,
): { readonly operation: PrismOperation; readonly body: Json | undefined } {
  const documented = operation.request?.body;
  if (!operation.request || !documented || body === undefined) return { operation, body };
  const contents = contentsFor(operation, parseMediaType(headers['content-type']).name);
  const { body: _, ...request } = operation.request;
  const using = (part: typeof documented | undefined): PrismOperation => ({
    ...operation,
    request: { ...request, ...(part && { body: part }) },
  });
  if (body) return { operation: using({ ...documented, contents }), body };
  const schema = contents[0]?.schema;
  const isAllowed = !schema || validateBody(body, schema, 'Input', operation).length === 0;
  return {
    operation: using(isAllowed ? undefined : { ...documented, contents, required: true }),
    body: undefined,
  };
}

type Contents = NonNullable<
  NonNullable<NonNullable<PrismOperation['request']>['body']>['contents']
>;

/** Those of this very media type first. */
function contentsFor(operation: PrismOperation, mediaType: string): Contents {
  const contents = operation.request?.body?.contents ?? [];
  const isSame = (content: Contents[number]) =>
    parseMediaType(content.mediaType).name === mediaType;
  return [...contents.filter(isSame), ...contents.filter((each) => !isSame(each))];
}
