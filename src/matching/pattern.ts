/**
 * The one pattern language: `when` of an override and `match` of a verification. Both see a request as the operation
 * documents it: method, path as sent (without sandbox prefix and mount), headers, and query and body decoded and
 * coerced. docs/patterns.md describes it.
 */
import { messageOf } from '../errors.ts';
import { isDeeperThan } from '../messages/json.ts';

/** Every given part must match. Header names match in any case. Texts are equal or match a `/regular expression/`. */
export type RequestPattern = {
  readonly vendor?: string;
  readonly operation?: string;
  readonly method?: string;
  /** The path as sent, without sandbox prefix and query. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Matches a part: an object matches one that has all its fields, a list one of the same length. */
  readonly body?: unknown;
  readonly status?: number;
  /** Number of warnings; 0 requires exact types. */
  readonly warnings?: number;
};

export type RequestFacts = {
  readonly vendor: string | undefined;
  readonly operation: string | undefined;
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly body: unknown;
  readonly status?: number;
  readonly warnings?: number;
};

export type Difference = {
  /** For example `body.external_id`, `headers.authorization`, `operation`. */
  readonly at: string;
  readonly expected: unknown;
  /** Undefined if it is missing. */
  readonly actual: unknown;
};

/** Returns the differences; empty if the request matches. */
export function compareRequest(
  pattern: RequestPattern,
  facts: RequestFacts,
): readonly Difference[] {
  const found: Difference[] = [];
  for (const at of ['vendor', 'operation', 'method', 'path'] as const) {
    const expected = pattern[at];
    if (expected !== undefined && !matchesText(expected, facts[at])) {
      found.push({ at, expected, actual: facts[at] });
    }
  }
  for (const at of ['status', 'warnings'] as const) {
    const expected = pattern[at];
    if (expected !== undefined && expected !== facts[at]) {
      found.push({ at, expected, actual: facts[at] });
    }
  }
  for (const [name, expected] of Object.entries(pattern.headers ?? {})) {
    const key = name.toLowerCase();
    const actual = Object.hasOwn(facts.headers, key) ? facts.headers[key] : undefined;
    if (!matchesText(expected, actual)) found.push({ at: `headers.${name}`, expected, actual });
  }
  for (const [name, expected] of Object.entries(pattern.query ?? {})) {
    const actual = Object.hasOwn(facts.query, name) ? facts.query[name] : undefined;
    if (![actual].flat().some((value) => matchesText(expected, value))) {
      found.push({ at: `query.${name}`, expected, actual });
    }
  }
  if (pattern.body !== undefined) compareSubset(pattern.body, facts.body, 'body', found);
  return found;
}

/** JavaScript's notation, with inner slashes escaped, so that a path such as `/api/licenses/` is not an expression. */
const EXPRESSION = /^\/((?:[^/\\]|\\.)+)\/([iu]*)$/s;

/** Returns the regular expression of a text part; undefined for plain text. Throws if it is invalid. */
function parseExpression(text: string): RegExp | undefined {
  const parts = EXPRESSION.exec(text);
  return parts ? new RegExp(parts[1] ?? '', parts[2]) : undefined;
}

function matchesText(expected: string, actual: string | undefined): boolean {
  if (actual === undefined) return false;
  return parseExpression(expected)?.test(actual) ?? expected === actual;
}

/** A part of a pattern that cannot be compared or can never match. `path` leads from the pattern to the field. */
export type PatternViolation = { readonly path: readonly string[]; readonly message: string };

/** Form of a method that is not a regular expression. */
const METHOD = { plain: /^[A-Z-]+$/, message: 'write methods in upper case: GET, POST.' };
const PATH = {
  plain: /^\/[^?#]*$/,
  message: 'a path starts with / and contains no query; put the query into "query".',
};
const ANY = { plain: /^/, message: '' };

/** Maximum nesting. Deeper values could overflow the stack of recursive code. */
const MAX_DEPTH = 100;

export function* findPatternViolations(pattern: RequestPattern = {}): Generator<PatternViolation> {
  const { vendor, operation, method, path, headers = {}, query = {}, body } = pattern;
  if (vendor !== undefined) yield* findTextFaults(['vendor'], vendor, ANY);
  if (operation !== undefined) yield* findTextFaults(['operation'], operation, ANY);
  if (method !== undefined) yield* findTextFaults(['method'], method, METHOD);
  if (path !== undefined) yield* findTextFaults(['path'], path, PATH);
  for (const [name, text] of Object.entries(headers)) {
    yield* findTextFaults(['headers', name], text, ANY);
  }
  for (const [name, text] of Object.entries(query)) {
    yield* findTextFaults(['query', name], text, ANY);
  }
  if (isDeeperThan(body, MAX_DEPTH)) {
    yield { path: ['body'], message: `is nested more deeply than ${MAX_DEPTH} levels.` };
  }
}

function* findTextFaults(
  path: readonly string[],
  text: string,
  { plain, message }: typeof ANY,
): Generator<PatternViolation> {
  try {
    if (!parseExpression(text) && !plain.test(text)) {
      yield { path, message: `"${text.slice(0, 80)}": ${message}` };
    }
  } catch (thrown) {
    yield {
      path,
      message: `invalid regular expression: ${messageOf(thrown).slice(0, 200)}.`,
    };
  }
}

function compareSubset(expected: unknown, actual: unknown, at: string, found: Difference[]): void {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) {
      found.push({ at, expected, actual });
      return;
    }
    for (const [i, each] of expected.entries())
      compareSubset(each, actual[i], `${at}[${i}]`, found);
    return;
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) {
      found.push({ at, expected, actual });
      return;
    }
    for (const [name, each] of Object.entries(expected)) {
      const value: unknown = Object.hasOwn(actual, name) ? Reflect.get(actual, name) : undefined;
      compareSubset(each, value, `${at}.${name}`, found);
    }
    return;
  }
  if (expected !== actual) found.push({ at, expected, actual });
}
