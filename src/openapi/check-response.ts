/** Checks an answer before it is sent, with Prism. */
import type { Json } from '../messages/json.ts';
import type { SpecOperation } from './spec.ts';
import type { PrismOperation } from './read-operations.ts';
import {
  findBodySchema,
  validateBody,
  validateHeaders,
  validateOutput,
  type BodySchema,
  type HeaderSpecs,
} from './prism-validators.ts';

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The value before it is encoded. */
  readonly body: Json | undefined;
};

/** Answers with a documented status and media type. Of these, only body and headers need to be checked. */
type Kind = {
  readonly schema: BodySchema;
  readonly documented: HeaderSpecs;
  /** Those of the last answer that fitted: others like them need no check. */
  fitting: Answer['headers'] | undefined;
};

/** By operation. The number of kept kinds is limited, because a vendor can vary them. */
const kinds = new WeakMap<PrismOperation, Map<string, Kind | undefined>>();
const MAX_KINDS = 100;

/** Returns a sentence for each violation; empty if the answer is valid. An undocumented status is a violation. */
export function checkResponse(
  { prism: operation, emptyStatuses }: SpecOperation,
  { status, headers, body }: Answer,
): readonly string[] {
  if (body !== undefined && emptyStatuses.has(status)) {
    return [`The spec documents no body for status ${status}, but there is one.`];
  }
  const kind = body === undefined ? undefined : kindOf(operation, status, mediaTypeIn(headers));
  if (kind && body !== undefined) {
    const faults = validateBody(body, kind.schema, 'Output', operation);
    const all = [...faults, ...checkHeaders(kind, headers, operation)];
    return all.map(({ message }) => message);
  }
  const element = { statusCode: status, headers, body };
  const checked = validateOutput({ resource: operation, element });
  return checked._tag === 'Left' ? checked.left.map(({ message }) => message) : [];
}

function checkHeaders(kind: Kind, headers: Answer['headers'], operation: PrismOperation) {
  if (kind.documented.length === 0) return [];
  if (kind.fitting && isSame(kind.fitting, headers)) return [];
  const faults = validateHeaders(headers, kind.documented, operation);
  if (faults.length === 0) kind.fitting = headers;
  return faults;
}

/** Frameworks spell the name in different ways. */
function mediaTypeIn(headers: Answer['headers']): string | undefined {
  for (const name in headers) if (name.toLowerCase() === 'content-type') return headers[name];
  return undefined;
}

/** Undefined: Prism must run its full check. */
function kindOf(
  operation: PrismOperation,
  status: number,
  mediaType: string | undefined,
): Kind | undefined {
  const key = `${status} ${mediaType}`;
  let known = kinds.get(operation);
  if (!known) kinds.set(operation, (known = new Map()));
  if (known.has(key)) return known.get(key);
  const kind = findKind(operation, status, mediaType);
  if (known.size >= MAX_KINDS) known.clear();
  known.set(key, kind);
  return kind;
}

function findKind(operation: PrismOperation, status: number, mediaType = ''): Kind | undefined {
  const response = operation.responses.find(({ code }) => code === String(status));
  const [essence] = mediaType.toLowerCase().split(';', 1);
  const isDocumented = response?.contents?.some((content) => content.mediaType === essence);
  const schema = isDocumented ? findBodySchema(response?.contents, mediaType) : undefined;
  return schema && { schema, documented: response?.headers ?? [], fitting: undefined };
}

function isSame(left: Answer['headers'], right: Answer['headers']): boolean {
  let count = 0;
  for (const name in left) {
    if (left[name] !== right[name]) return false;
    count += 1;
  }
  for (const _ in right) count -= 1;
  return count === 0;
}
