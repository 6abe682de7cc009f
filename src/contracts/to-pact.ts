/** Interactions of a Pact (version 3) from the entries of a journal. */
import type { JournalEntry, Json, ShownBody } from '../control-api/control-api.ts';
import { isJsonType, parseMediaType } from '../messages/media-type.ts';

/** An entry in the form of an interaction. */
export type PactInteraction = {
  readonly description: string;
  readonly providerStates?: readonly { readonly name: string }[];
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, readonly string[]>>;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: Json;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: Json;
    readonly matchingRules?: object;
  };
};

/** A sentence that says why an entry is no interaction. */
export type LeftOut = string;

const SANDBOX = /^\/_sandbox\/[^/?]+/;
/** What a client chooses. The rest comes with its HTTP library. */
const KEPT = ['accept', 'content-type', 'authorization'];
const BY_TYPE = { combine: 'AND', matchers: [{ match: 'type' }] };

/** `authorization` replaces credentials, which the journal hides. */
export function toInteraction(
  { request, response, operation, vendor, override, id }: JournalEntry,
  authorization: string | undefined,
): PactInteraction | LeftOut {
  if (vendor === null || operation === null) return `${id}: no operation matches it`;
  if (override !== undefined) return `${id}: an override answered it`;
  if (response.status === 0 || response.status >= 500) return `${id}: the answer is a failure`;
  const sent = readBody(request.body);
  const answered = readBody(response.body);
  if (sent === 'unknown' || answered === 'unknown') return `${id}: the journal has no whole body`;
  const url = new URL(request.url.replace(SANDBOX, ''), 'http://localhost');
  const contentType = headerOf(response.headers, 'content-type');
  const isRefusal = response.status >= 400;
  const isJson = contentType !== undefined && isJsonType(parseMediaType(contentType).name);
  return {
    description: `${operation} as ${request.method} ${request.url.replace(SANDBOX, '')}, answered ${response.status} (${id})`,
    request: {
      method: request.method,
      path: decodePath(url.pathname),
      ...(url.search !== '' && { query: listsOf(url.searchParams) }),
      headers: headersOf(request.headers, authorization),
      ...(sent && { body: sent.value }),
    },
    response: {
      status: response.status,
      headers: { ...(contentType !== undefined && { 'Content-Type': contentType }) },
      // The words of a refusal count; of a success only the form does, for the data are another's.
      ...(answered && isJson && { body: answered.value }),
      ...(answered && isJson && !isRefusal && { matchingRules: { body: { $: BY_TYPE } } }),
    },
  };
}

export function toPact(
  consumer: string,
  provider: string,
  interactions: readonly PactInteraction[],
): object {
  return {
    consumer: { name: consumer },
    provider: { name: provider },
    interactions,
    metadata: { pactSpecification: { version: '3.0.0' } },
  };
}

/** Undefined: there was none. */
function readBody(body: ShownBody): { readonly value: Json } | 'unknown' | undefined {
  if (body === null) return undefined;
  if ('json' in body) return { value: body.json as Json };
  if ('text' in body && !body.truncated) return { value: body.text };
  return 'unknown';
}

function headersOf(
  headers: Readonly<Record<string, string>>,
  authorization: string | undefined,
): Record<string, string> {
  const kept = KEPT.flatMap((name) => {
    const value = headerOf(headers, name);
    if (value === undefined || value === '*/*') return [];
    return [[name, name === 'authorization' ? (authorization ?? value) : value] as const];
  });
  return Object.fromEntries(kept);
}

function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function listsOf(query: URLSearchParams): Record<string, readonly string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}

/** Pact encodes paths itself. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** True if an answer is what the interaction expects, as a Pact verifier would judge it. */
export function holds(
  { response }: PactInteraction,
  answer: { readonly status: number; readonly body: Json | undefined },
): boolean {
  if (answer.status !== response.status) return false;
  if (response.body === undefined) return true;
  if (answer.body === undefined) return false;
  return response.matchingRules
    ? hasForm(response.body, answer.body)
    : JSON.stringify(response.body) === JSON.stringify(answer.body);
}

function hasForm(expected: Json, actual: Json): boolean {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return false;
    const [first] = expected;
    if (first === undefined) return actual.length === 0;
    return actual.length > 0 && actual.every((each, i) => hasForm(expected[i] ?? first, each));
  }
  if (typeof expected !== 'object' || expected === null) {
    return typeof expected === typeof actual && (expected === null) === (actual === null);
  }
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return false;
  return Object.entries(expected).every(([name, value]) => {
    const other = actual[name];
    return other !== undefined && hasForm(value, other);
  });
}
