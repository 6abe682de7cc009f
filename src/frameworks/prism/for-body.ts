/** Adapts the operation and the request so that Prism checks a decoded body against the right schema. */
import type { Json } from '../../messages/json.ts';
import { isJsonType, isXmlType, isYamlType, parseMediaType } from '../../messages/media-type.ts';
import type { HttpRequest } from '../../messages/message.ts';
import type { Schema } from '../../openapi/operation.ts';
import { validateBody } from '../../openapi/prism-validators.ts';
import type { PrismOperation } from '../../openapi/read-operations.ts';
import { isForm } from './decode-form.ts';

type Asked = {
  readonly operation: PrismOperation;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
};

/**
 * Prism checks a body against the first media type of the same subtype, and treats `a+json` and `b+json` as equal, so
 * the sent media type goes first. Prism treats null, false, 0 and an empty text as a missing body, so this function
 * checks whether the schema allows them. Prism also decodes forms itself, so a decoded form is passed as JSON.
 */
export function forBody(
  operation: PrismOperation,
  http: HttpRequest,
  body: Json | undefined,
): Asked {
  const headers = {
    ...http.headers,
    'content-length': String(body ? http.body.length : 0),
    ...(http.headers['accept'] !== undefined && { accept: readableRanges(http.headers['accept']) }),
  };
  const documented = operation.request?.body;
  if (!operation.request || !documented || body === undefined) {
    return { operation, headers, body };
  }
  const { name } = parseMediaType(http.headers['content-type']);
  const known = contentsFor(operation, http.headers['content-type']);
  const isOpaque = typeof body === 'string' && !isReadable(name, known[0]?.schema);
  const contents: Contents = isOpaque ? known.map(withoutSchema) : known;
  const [first] = contents;
  const { body: _, ...request } = operation.request;
  const using = (part: typeof documented | undefined): PrismOperation => ({
    ...operation,
    request: { ...request, ...(part && { body: part }) },
  });
  if (first && isForm(name) && typeof body === 'object') {
    const json = { ...first, mediaType: 'application/json' };
    return {
      operation: using({ ...documented, contents: [json] }),
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    };
  }
  if (body) return { operation: using({ ...documented, contents }), headers, body };
  const schema = first?.schema;
  const isAllowed = !schema || validateBody(body, schema, 'Input', operation).length === 0;
  return {
    operation: using(isAllowed ? undefined : { ...documented, contents, required: true }),
    headers,
    body: undefined,
  };
}

const RANGE = /^[^\s/;]+\/[^\s/;]+(?:\s*;\s*[^\s=;]+\s*=\s*(?:"[^"]*"|[^\s";]+))*$/;

/** Removes parts that are not media ranges, at which Prism throws. If none is left, everything is accepted. */
function readableRanges(accept: string): string {
  const ranges = accept.split(',').filter((part) => RANGE.test(part.trim()));
  return ranges.length > 0 ? ranges.join(',') : '*/*';
}

type Contents = NonNullable<
  NonNullable<NonNullable<PrismOperation['request']>['body']>['contents']
>;

/**
 * Puts the content that fits the media type best first: one with the same parameters (`;version=2`), otherwise one
 * without parameters, otherwise one with the same name.
 */
export function contentsFor(operation: PrismOperation, header: string | undefined): Contents {
  const sent = parametersOf(header);
  const { name } = parseMediaType(header);
  const distance = ({ mediaType }: Contents[number]): number => {
    if (parseMediaType(mediaType).name !== name) return 3;
    const named = parametersOf(mediaType);
    if (named.length === 0) return 1;
    return named.every((each) => sent.includes(each)) ? 0 : 2;
  };
  return (operation.request?.body?.contents ?? []).toSorted((a, b) => distance(a) - distance(b));
}

/** The parameters in lower case and without spaces: `version=2`. The charset does not count. */
function parametersOf(mediaType = ''): readonly string[] {
  const parts = mediaType.toLowerCase().replaceAll(/[\s"]/g, '').split(';').slice(1);
  return parts.filter((part) => part !== '' && !part.startsWith('charset='));
}

function withoutSchema(content: Contents[number]): Contents[number] {
  const kept = Object.entries(content).filter(([name]) => name !== 'schema');
  return Object.fromEntries(kept) as Contents[number];
}

const SCALARS = new Set(['string', 'integer', 'number', 'boolean', 'null']);

/** False if the schema expects an object or list but the media type has no decoder here. */
function isReadable(name: string, schema: object | undefined): boolean {
  if (isJsonType(name) || isXmlType(name) || isYamlType(name) || isForm(name)) return true;
  const { type } = (schema ?? {}) as Schema;
  return [type ?? []].flat().some((each) => SCALARS.has(each));
}
