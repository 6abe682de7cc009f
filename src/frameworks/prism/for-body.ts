/** The operation and request that make Prism hold a decoded body against the right schema. */
import type { Json } from '../../messages/json.ts';
import { parseMediaType } from '../../messages/media-type.ts';
import type { HttpRequest } from '../../messages/message.ts';
import { validateBody } from '../../openapi/prism-validators.ts';
import type { PrismOperation } from '../../openapi/read-operations.ts';
import { isForm } from './decode-form.ts';

type Asked = {
  readonly operation: PrismOperation;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
};

/**
 * Prism holds a body against the first media type of the same subtype, where `a+json` and `b+json` are the same: the
 * one that was sent comes first. It takes null, false, 0 and an empty text for no body at all: whether the schema
 * allows them is looked at here. And it decodes forms itself: one that is decoded already goes as JSON.
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
  const contents = contentsFor(operation, name);
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

/** Prism throws at a part that is not a media range. Without any other everything is accepted. */
function readableRanges(accept: string): string {
  const ranges = accept.split(',').filter((part) => RANGE.test(part.trim()));
  return ranges.length > 0 ? ranges.join(',') : '*/*';
}

type Contents = NonNullable<
  NonNullable<NonNullable<PrismOperation['request']>['body']>['contents']
>;

/** Those of this very media type first. */
export function contentsFor(operation: PrismOperation, mediaType: string): Contents {
  const contents = operation.request?.body?.contents ?? [];
  const isSame = (content: Contents[number]) =>
    parseMediaType(content.mediaType).name === mediaType;
  return [...contents.filter(isSame), ...contents.filter((each) => !isSame(each))];
}
