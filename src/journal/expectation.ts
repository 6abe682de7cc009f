/** What a verification expects of a sandbox's journal. */
import { MockError, messageOf } from '../errors.ts';
import { parseExpression, type RequestPattern } from '../matching/match-request.ts';

/** Without any bound: at least once. `times` and `never` stand alone; `atLeast` and `atMost` may go together. */
export type Expectation = {
  readonly match: RequestPattern;
  readonly times?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** `true`; for the opposite leave it out. */
  readonly never?: boolean;
};

/** How often it may have been. */
export type Range = { readonly min: number; readonly max: number };

/** Deeper values cannot be compared by code that calls itself. */
const MAX_DEPTH = 100;
const COUNTS = ['times', 'atLeast', 'atMost'] as const;

/**
 * Throws `MockError` `invalid-request`, with a pointer, for what contradicts itself or can never match. Whether a
 * vendor or operation of that name is there, the caller knows.
 */
export function checkExpectation(expectation: Expectation): Range {
  const { times, atLeast, atMost, never } = expectation;
  for (const name of COUNTS) {
    const count = expectation[name];
    if (count === undefined || (Number.isSafeInteger(count) && count >= 0)) continue;
    throw wrong([name], `${count} is not a whole number of requests. Write 0, 1, 2, …`);
  }
  if (never === false) throw wrong(['never'], 'only true has a meaning. Leave it out.');
  for (const alone of ['times', 'never'] as const) {
    const others = [...COUNTS, 'never' as const].filter((name) => name !== alone);
    const other = others.find((name) => expectation[name] !== undefined);
    if (expectation[alone] === undefined || other === undefined) continue;
    throw wrong([alone], `contradicts ${other}. Leave one of them out.`);
  }
  const range = rangeOf({ times, atLeast, atMost, never });
  if (range.min > range.max) {
    throw wrong(['atLeast'], `${atLeast} is more than atMost, ${atMost}. No number is both.`);
  }
  checkPattern(expectation.match);
  return range;
}

function rangeOf({
  times,
  atLeast,
  atMost,
  never,
}: Record<'times' | 'atLeast' | 'atMost', number | undefined> & {
  never: boolean | undefined;
}): Range {
  if (never === true) return { min: 0, max: 0 };
  if (times !== undefined) return { min: times, max: times };
  // A bound above alone allows that there was none.
  return { min: atLeast ?? (atMost === undefined ? 1 : 0), max: atMost ?? Infinity };
}

function checkPattern(match: RequestPattern): void {
  for (const name of ['vendor', 'operation', 'method', 'path'] as const) {
    const text = match[name];
    if (text === undefined) continue;
    const isExpression = hasExpression(text, ['match', name]);
    if (name === 'method' && !isExpression && text !== text.toUpperCase()) {
      throw wrong(['match', name], `"${cut(text)}": methods are in upper case. Write GET, POST.`);
    }
    if (name === 'path' && !isExpression && !/^\/[^?#]*$/.test(text)) {
      throw wrong(
        ['match', name],
        `"${cut(text)}": a path starts with / and has no query; the query goes into match.query.`,
      );
    }
  }
  for (const part of ['headers', 'query'] as const) {
    for (const [name, text] of Object.entries(match[part] ?? {})) {
      hasExpression(text, ['match', part, name]);
    }
  }
  if (isDeeperThan(match.body, MAX_DEPTH)) {
    throw wrong(['match', 'body'], `is nested deeper than ${MAX_DEPTH} levels.`);
  }
}

function hasExpression(text: string, path: readonly string[]): boolean {
  try {
    return parseExpression(text) !== undefined;
  } catch (thrown) {
    throw wrong(path, `the regular expression is broken: ${cut(messageOf(thrown))}.`);
  }
}

function isDeeperThan(value: unknown, limit: number): boolean {
  let level = [value];
  for (let depth = 0; depth <= limit; depth += 1) {
    level = level.flatMap((each): unknown[] =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}

function cut(text: string): string {
  return text.slice(0, 200);
}

/** The pointer is a URI fragment (RFC 6901, 6). */
function wrong(path: readonly string[], message: string): MockError {
  const segments = path.map((name) => name.replaceAll('~', '~0').replaceAll('/', '~1'));
  const pointer = ['#', ...segments.map((each) => encodeURIComponent(each.toWellFormed()))].join(
    '/',
  );
  return new MockError('invalid-request', `${path.map(cut).join('.')}: ${message}`, { pointer });
}
