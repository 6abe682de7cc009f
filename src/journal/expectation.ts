/** What a verification expects of a sandbox's journal. */
import { MockError } from '../errors.ts';
import { findPatternViolations, type RequestPattern } from '../matching/pattern.ts';
import { toPointer } from '../schema/json-schema.ts';

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
  for (const { path, message } of findPatternViolations(expectation.match)) {
    throw wrong(['match', ...path], message);
  }
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

/** The pointer is a URI fragment (RFC 6901, 6). */
function wrong(path: readonly string[], message: string): MockError {
  const where = path.map((name) => name.slice(0, 200)).join('.');
  return new MockError('invalid-request', `${where}: ${message}`, { pointer: toPointer(path) });
}
