/** Adapts the operation and the request so that Prism checks a decoded body against the right schema. */
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

/** Removes parts that are not media ranges, at which Prism throws. If none is left, everything is accepted. */
function readableRanges(accept: string): string {
  const ranges = accept.split(',').filter((part) => RANGE.test(part.trim()));
  return ranges.length > 0 ? ranges.join(',') : '*/*';
}

type Contents = NonNullable<
  NonNullable<NonNullable<PrismOperation['request']>['body']>['contents']
>;

/** Contents of exactly this media type come first. */
export function contentsFor(operation: PrismOperation, mediaType: string): Contents {
  const contents = operation.request?.body?.contents ?? [];
  const isSame = (content: Contents[number]) =>
    parseMediaType(content.mediaType).name === mediaType;
  return [...contents.filter(isSame), ...contents.filter((each) => !isSame(each))];
}
