/** What a verification expects of a sandbox's journal. */
import type { Expectation } from '../control-api/control-api.ts';
import { MockError } from '../errors.ts';
import { findPatternViolations } from '../matching/pattern.ts';
import { toPointer } from '../schema/json-schema.ts';

/** The allowed number of requests. */
export type Range = { readonly min: number; readonly max: number };

const BOUNDS = ['times', 'atLeast', 'atMost', 'never'] as const;

/**
 * Prism has validated each field. Throws `MockError` `invalid-request`, with a pointer, for fields that contradict each
 * other or can never match. The caller checks that the vendor and the operation exist.
 */
export function checkExpectation(expectation: Expectation): Range {
  const { atLeast, atMost } = expectation;
  for (const alone of ['times', 'never'] as const) {
    const other = BOUNDS.find((name) => name !== alone && expectation[name] !== undefined);
    if (expectation[alone] === undefined || other === undefined) continue;
    throw wrong([alone], `contradicts ${other}. Leave one of them out.`);
  }
  const range = rangeOf(expectation);
  if (range.min > range.max) {
    throw wrong(
      ['atLeast'],
      `${atLeast} is greater than atMost (${atMost}). Lower it, or raise atMost.`,
    );
  }
  for (const { path, message } of findPatternViolations(expectation.match)) {
    throw wrong(['match', ...path], message);
  }
  return range;
}

function rangeOf({ times, atLeast, atMost, never }: Expectation): Range {
  if (never === true) return { min: 0, max: 0 };
  if (times !== undefined) return { min: times, max: times };
  // With only an upper bound, zero requests are allowed.
  return { min: atLeast ?? (atMost === undefined ? 1 : 0), max: atMost ?? Infinity };
}

/** The pointer is a URI fragment (RFC 6901, 6). */
function wrong(path: readonly string[], message: string): MockError {
  const where = path.map((name) => name.slice(0, 200)).join('.');
  return new MockError('invalid-request', `${where}: ${message}`, { pointer: toPointer(path) });
}
