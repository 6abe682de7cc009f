/** Whether a request is as a pattern says: what `when` of an override and `match` of a verification share. */

/** Each part that is there must hold. Names of headers in any case; text parts equal, or `/regular expression/` (see `parseExpression`). */
export type RequestPattern = {
  readonly vendor?: string;
  readonly operation?: string;
  readonly method?: string;
  /** The path as sent, without sandbox prefix and query. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** A subset: an object matches one that has all its fields, a list one of the same length. */
  readonly body?: unknown;
  readonly status?: number;
  /** How many warnings it got; 0 insists on exact types. */
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
  /** `body.external_id`, `headers.authorization`, `operation`. */
  readonly at: string;
  readonly expected: unknown;
  /** Undefined: not there. */
  readonly actual: unknown;
};

/** What differs; empty where the request is as the pattern says. */
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

/** As JavaScript writes it, a slash inside escaped, so that a path such as `/api/licenses/` is none. */
const EXPRESSION = /^\/((?:[^/\\]|\\.)+)\/([iu]*)$/s;

/** The regular expression that a text part stands for; undefined: it is compared as it is. Throws where it is broken. */
export function parseExpression(text: string): RegExp | undefined {
  const parts = EXPRESSION.exec(text);
  return parts ? new RegExp(parts[1] ?? '', parts[2]) : undefined;
}

function matchesText(expected: string, actual: string | undefined): boolean {
  if (actual === undefined) return false;
  return parseExpression(expected)?.test(actual) ?? expected === actual;
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
