/**
 * Prism as the server of a document without a vendor folder: it checks security and request, negotiates, generates the
 * answer, checks the answer, and words its refusals.
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

/** A request in Prism's form: JSON and XML bodies are decoded, others are text. */
export type PrismRequest = {
  readonly method: string;
  /** As sent, because Prism decodes each segment. */
  readonly path: string;
  readonly query: Query;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
};

type Element = Parameters<typeof validateInput>[0]['element'];

const ERROR = 0;
const SEVERITIES = ['Error', 'Warning', 'Information', 'Hint'];
const MAX_RETRIES = 20;
/** Prism limits the header in the same way, because servers refuse more than 8 KB. */
const MAX_HEADER = 8_092;

/** Returns everything for which Prism refuses the request; security comes first. */
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
 * Prism's answer: the mocked one, a documented refusal, or its own problem document. Violations for which Prism does
 * not refuse are in the header `sl-violations`, as in Prism's server.
 */
export async function mockOperation(
  operation: PrismOperation,
  request: PrismRequest,
  preference: Preference,
  seed: string,
): Promise<Reply> {
  let outcome = await ask(operation, request, preference, seed);
  // Prism's generator throws at some values that it generates, such as an empty object in a list of alternatives.
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
  // Prism stores what it negotiates in the object that it is given, so each request needs a new one.
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

/** Removes callbacks, so that repeated attempts to answer send them only once. */
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

/** Same as `ProblemJsonError.toProblemJson`, which is not loaded before the first answer. */
function toProblem(thrown: Thrown): Reply {
  const { name, message, status = 500, detail = '', additional = {} } = thrown;
  const type = name && name !== 'Error' ? name : 'https://stoplight.io/prism/errors#UNKNOWN';
  return {
    status,
    headers: { ...additional.headers, 'content-type': 'application/problem+json' },
    body: { type, title: message, status, detail, ...(additional as Record<string, Json>) },
  };
}

/** Names are in lower case. Prism returns null for a header for which it cannot generate a value. */
function withoutNulls(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name.toLowerCase(), toText(value)]),
  );
}

/** Writes lists and objects in OpenAPI's style `simple`. */
function toText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return (Array.isArray(value) ? value : Object.entries(value)).map(String).join(',');
}

function describe(side: string, { path = [], severity, code, message }: Finding) {
  return { location: [side, ...path], severity: SEVERITIES[severity], code, message };
}

/** Writes JSON with only the characters that headers allow. */
function toHeader(violations: readonly object[]): string {
  const text = JSON.stringify(violations).replaceAll(
    /[^\x20-\x7E]/g,
    (letter) => String.raw`\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return text.length > MAX_HEADER ? `Too many violations! ${text.slice(0, MAX_HEADER)}` : text;
}
