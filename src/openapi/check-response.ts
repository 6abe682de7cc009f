/** Checks an answer before it is sent, with Prism. */
import type { Json } from '../messages/json.ts';
import type { SpecOperation } from './load-spec.ts';
import type { PrismOperation } from './read-operations.ts';
import {
  findBodySchema,
  validateBody,
  validateOutput,
  type BodySchema,
} from './prism-validators.ts';

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The value before it is encoded. */
  readonly body: Json | undefined;
};

/** Answers with the status, media type and headers of a valid answer. Only their bodies need to be checked. */
type Known = { readonly headers: Answer['headers']; readonly schema: BodySchema };

/** By operation. The number of kept answers is limited, because a vendor can vary them. */
const known = new WeakMap<PrismOperation, Map<string, Known>>();
const MAX_KNOWN = 100;

/** Returns a sentence for each violation; empty if the answer is valid. An undocumented status is a violation. */
export function checkResponse(
  { prism: operation, emptyStatuses }: SpecOperation,
  { status, headers, body }: Answer,
): readonly string[] {
  if (body !== undefined && emptyStatuses.has(status)) {
    return [`The spec documents no body for status ${status}, but there is one.`];
  }
  const before = known.get(operation)?.get(`${status} ${headers['content-type']}`);
  if (before && body !== undefined && isSame(before.headers, headers)) {
    return validateBody(body, before.schema, 'Output', operation).map(({ message }) => message);
  }
  const element = { statusCode: status, headers, body };
  const checked = validateOutput({ resource: operation, element });
  if (checked._tag === 'Left') return checked.left.map(({ message }) => message);
  remember(operation, status, headers);
  return [];
}

function remember(operation: PrismOperation, status: number, headers: Answer['headers']): void {
  const mediaType = headers['content-type'];
  const response = operation.responses.find(({ code }) => code === String(status));
  const schema = findBodySchema(response?.contents, mediaType);
  if (!schema) return;
  const kinds = known.get(operation) ?? new Map<string, Known>();
  if (kinds.size >= MAX_KNOWN) kinds.clear();
  known.set(operation, kinds.set(`${status} ${mediaType}`, { headers, schema }));
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
