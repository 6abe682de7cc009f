/**
 * Prism as the server of an OpenAPI document without a vendor folder. Prism checks requests and answers
 * and words the refusals. This folder adds: a 405 lists the allowed methods, each media type has its own schema, and
 * XML is checked against its schema.
 */
import { MockError, messageOf } from '../../errors.ts';
import { isJsonType, isXmlType, parseMediaType } from '../../messages/media-type.ts';
import type { Reply, RequestContent } from '../../messages/message.ts';
import { parsePrefer } from '../../messages/prefer.ts';
import type { SpecOperation } from '../../openapi/spec.ts';
import {
  findErrors,
  mockOperation,
  toViolation,
  type PrismRequest,
} from '../../openapi/mock-operation.ts';
import type { Operation } from '../../openapi/operation.ts';
import { withPlainBounds } from '../../openapi/plain-bounds.ts';
import type { PrismOperation } from '../../openapi/read-operations.ts';
import type { Framework, Reading, ReadResult } from '../framework.ts';
import { encode } from './encode.ts';
import { forAnswer } from './for-answer.ts';
import { forBody } from './for-body.ts';
import { toPlainPath, withPlainPath } from './for-path.ts';
import { readBody } from './read-body.ts';
import { NO_COMPLEX_TEXT, NO_RESPONSE, refuse } from './refuse.ts';
import { readQuery } from './read-query.ts';

type PrismReading = Reading & {
  /** The operation and request to pass to Prism; undefined until the body is read. */
  readonly asked:
    | { readonly operation: PrismOperation; readonly request: PrismRequest }
    | undefined;
  /** Prism's refusal of a request that violates the document. */
  readonly refusal: Reply | undefined;
};

const MEDIA_TYPE = /^[^\s/;]+\/[^\s/;]+\s*(?:;|$)/;
const ANYONE = { name: 'anonymous', role: 'anyone', scope: undefined };

export function createPrismFramework(
  operations: readonly SpecOperation[],
): Framework<unknown, PrismReading> {
  const specs = new Map(
    operations.map((spec) => [
      spec.operation,
      { ...spec, prism: withPlainPath(withPlainBounds(spec.prism)) },
    ]),
  );
  return {
    judgesItself: true,
    rows: [],
    open: (http, route) => ({
      http,
      route,
      identity: undefined,
      sent: undefined,
      content: undefined,
      asked: undefined,
      refusal: undefined,
    }),
    read: (opened) => read(opened, specs),
    coerce: (sent) => sent,
    render: (problem, { http, refusal }) => refuse(problem, http, refusal),
    generate: (spec, { http, route, asked }, preference, seed) =>
      asked
        ? mock(asked.operation, asked.request, preference, seed)
        : mock(
            specs.get(spec.operation)?.prism ?? spec.prism,
            withoutContent(http, toPlainPath(spec.operation.path, route?.parameters ?? {})),
            preference,
            seed,
          ),
    encode,
    readReply: (_, text) => text,
  };
}

async function read(
  opened: PrismReading,
  specs: ReadonlyMap<Operation, SpecOperation>,
): Promise<ReadResult<PrismReading>> {
  const { http, route } = opened;
  const spec = route && specs.get(route.operation);
  if (!spec) return { reading: opened, problem: { problem: 'unknown-path' } };
  if (!route.methods.includes(http.method)) {
    return { reading: opened, problem: { problem: 'wrong-method', methods: route.methods } };
  }
  const { 'content-type': mediaType } = http.headers;
  if (mediaType !== undefined && http.body.length > 0 && !MEDIA_TYPE.test(mediaType)) {
    return { reading: opened, problem: { problem: 'unsupported-media-type', mediaType } };
  }
  const operation = forAnswer(spec.prism, http);
  const body = await readBody(http, operation);
  const sent: RequestContent = { query: readQuery(http.query), body };
  const prepared = forBody(operation, http, body);
  const { method } = http;
  refuseBrokenEscape(http.path);
  const path = toPlainPath(spec.operation.path, route.parameters);
  const asked = {
    operation: prepared.operation,
    request: { method, path, query: sent.query, headers: prepared.headers, body: prepared.body },
  };
  const reading: PrismReading = { ...opened, identity: ANYONE, sent, asked };
  const errors = check(asked.operation, asked.request);
  if (errors.length === 0) return { reading };
  const { preference = {} } = parsePrefer(http.headers['prefer']);
  const refusal = await mock(asked.operation, asked.request, preference, spec.operation.id);
  const violations = errors.map(toViolation);
  return { reading: { ...reading, refusal }, problem: { problem: 'invalid', violations } };
}

function refuseBrokenEscape(path: string): void {
  try {
    decodeURIComponent(path);
  } catch (cause) {
    throw new MockError('bad-request', `The path has an invalid escape: ${path}.`, { cause });
  }
}

/** Prism throws at what it cannot decode. */
function check(...asked: Parameters<typeof findErrors>): ReturnType<typeof findErrors> {
  try {
    return findErrors(...asked);
  } catch (cause) {
    throw new MockError('bad-request', `Prism cannot read the request: ${messageOf(cause)}.`, {
      cause,
    });
  }
}

/** A request without content, for an answer that does not depend on what was sent. */
function withoutContent({ method, headers }: Reading['http'], path: string): PrismRequest {
  return { method, path, query: {}, headers, body: undefined };
}

async function mock(...asked: Parameters<typeof mockOperation>): Promise<Reply> {
  const reply = await mockOperation(...asked);
  if (!(reply.status >= 200 && reply.status <= 599)) return NO_RESPONSE;
  const isText = reply.headers?.['content-type']?.startsWith('text/');
  return isText && typeof reply.body === 'object' && !isWritten(nameOf(reply))
    ? NO_COMPLEX_TEXT
    : reply;
}

/** `text/json` and `text/xml` can carry objects. */
function isWritten(name: string): boolean {
  return isJsonType(name) || isXmlType(name);
}

function nameOf({ headers }: Reply): string {
  return parseMediaType(headers?.['content-type']).name;
}
