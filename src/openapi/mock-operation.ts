/**
 * Prism as it serves a document by itself: it checks security and request, negotiates, makes the answer, checks that
 * too and words its refusals. For documents that no vendor of ours stands behind.
 */
import type { Json } from '../messages/json.ts';
import type { Query, Reply, Violation } from '../messages/message.ts';
import type { Preference } from '../messages/prefer.ts';
import { pruneBody } from './prune-body.ts';
import { config, loadPrism } from './prism.ts';
import {
  validateInput,
  validateOutput,
  validateSecurity,
  type Finding,
} from './prism-validators.ts';
import type { PrismOperation } from './read-operations.ts';

/** A request as Prism takes it: JSON and XML decoded, any other body as text. */
export type PrismRequest = {
  readonly method: string;
  /** As sent: Prism decodes each segment. */
  readonly path: string;
  readonly query: Query;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
};

type Element = Parameters<typeof validateInput>[0]['element'];

const ERROR = 0;
const SEVERITIES = ['Error', 'Warning', 'Information', 'Hint'];
const MAX_RETRIES = 20;
/** Prism cuts the header here as well: servers refuse more than 8 KB. */
const MAX_HEADER = 8_092;

/** Everything that keeps Prism from answering the request: security first. */
export function findErrors(operation: PrismOperation, request: PrismRequest): readonly Finding[] {
  const element = toElement(request);
  const checks = [
    validateSecurity({ resource: operation, element }),
    validateInput({ resource: operation, element }),
  ];
  const findings = checks.flatMap((each): readonly Finding[] =>
    each._tag === 'Left' ? each.left : [],
  );
  return findings.filter(({ severity }) => severity === ERROR);
}

export function toViolation({ path = [], code = '', message }: Finding): Violation {
  const [root = 'body', ...rest] = path;
  const place = ['body', 'query', 'header', 'path'].find((each) => each === String(root));
  return {
    in: (place ?? 'body') as Violation['in'],
    path: place === undefined ? [] : rest,
    keyword: String(code),
    message,
  };
}

/**
 * Prism's answer: the mocked one, a documented refusal, or its own problem document. What is wrong with request or
 * answer and does not keep Prism from answering is in the header `sl-violations`, as Prism's server does it.
 */
export async function mockOperation(
  operation: PrismOperation,
  request: PrismRequest,
  preference: Preference,
  seed: string,
): Promise<Reply> {
  let outcome = await ask(operation, request, preference, seed);
  // Its generator trips over some of the values that it makes up (an empty object in a list of alternatives).
  const again = withoutCallbacks(operation);
  for (let retry = 1; isAccident(outcome, preference) && retry <= MAX_RETRIES; retry += 1) {
    outcome = await ask(again, request, preference, `${seed}:${retry}`);
  }
  if (outcome._tag === 'Left') return toProblem(outcome.left);
  const { output, validations } = outcome.right;
  const { headers = {}, body } = output;
  const answer = { statusCode: output.statusCode, headers: withoutNulls(headers), body };
  const fitting = pruneBody(operation, answer, (changed) => findOutputErrors(operation, changed));
  const violations = [
    ...validations.input.map((each) => describe('request', each)),
    ...fitting.findings.map((each) => describe('response', each)),
  ];
  return {
    status: output.statusCode,
    headers: {
      ...answer.headers,
      ...(violations.length > 0 && { 'sl-violations': toHeader(violations) }),
    },
    ...(fitting.body !== undefined && { body: fitting.body as Json }),
  };
}

async function ask(
  operation: PrismOperation,
  request: PrismRequest,
  { code, example, dynamic = false }: Preference,
  seed: string,
) {
  // Prism keeps what it negotiates in the object that it is handed: a fresh one for each request.
  const mock = {
    dynamic,
    seed,
    ...(code !== undefined && { code }),
    ...(example !== undefined && { exampleKey: example }),
    ...(dynamic && { ignoreExamples: true }),
  };
  return (await loadPrism()).request(toElement(request), [operation], {
    ...config,
    checkSecurity: true,
    validateRequest: true,
    mock,
  })();
}

function toElement({ method, path, query, headers, body }: PrismRequest): Element {
  return {
    method: method.toLowerCase() as 'get',
    url: { path, query: query as Record<string, string | string[]> },
    headers,
    body,
  };
}

function isAccident(outcome: Awaited<ReturnType<typeof ask>>, { dynamic }: Preference): boolean {
  return dynamic === true && outcome._tag === 'Left' && !('status' in outcome.left);
}

/** A callback is sent once, however often an answer is tried. */
function withoutCallbacks(operation: PrismOperation): PrismOperation {
  const { callbacks: _, ...rest } = operation;
  return rest;
}

function findOutputErrors(
  operation: PrismOperation,
  element: Parameters<typeof validateOutput>[0]['element'],
): readonly Finding[] {
  const checked = validateOutput({ resource: operation, element });
  return checked._tag === 'Left' ? checked.left : [];
}

type Thrown = Error & {
  readonly status?: number;
  readonly detail?: string;
  readonly additional?: { readonly headers?: Readonly<Record<string, string>> };
};

/** As `ProblemJsonError.toProblemJson` does, which is no part of what is loaded until the first answer. */
function toProblem(thrown: Thrown): Reply {
  const { name, message, status = 500, detail = '', additional = {} } = thrown;
  const type = name && name !== 'Error' ? name : 'https://stoplight.io/prism/errors#UNKNOWN';
  return {
    status,
    headers: { ...additional.headers, 'content-type': 'application/problem+json' },
    body: { type, title: message, status, detail, ...(additional as Record<string, Json>) },
  };
}

/** Names in lower case. Prism gives null for a header that it can make no value for. */
function withoutNulls(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name.toLowerCase(), toText(value)]),
  );
}

/** Lists and objects in OpenAPI's style `simple`. */
function toText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return (Array.isArray(value) ? value : Object.entries(value)).map(String).join(',');
}

function describe(side: string, { path = [], severity, code, message }: Finding) {
  return { location: [side, ...path], severity: SEVERITIES[severity], code, message };
}

/** JSON in the characters that a header may hold. */
function toHeader(violations: readonly object[]): string {
  const text = JSON.stringify(violations).replaceAll(
    /[^\x20-\x7E]/g,
    (letter) => String.raw`\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return text.length > MAX_HEADER ? `Too many violations! ${text.slice(0, MAX_HEADER)}` : text;
}
