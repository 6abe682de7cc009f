/** Verifies an expectation against the journal of a sandbox. On failure, reports the nearest requests. */
import type { Expectation, Held, NotHeld } from '../control-api/control-api.ts';
import type { Comparison } from './compare-exchange.ts';
import { checkExpectation, type Range } from './expectation.ts';
import type { Findings, Journal } from './journal.ts';
import { describeExpectation, describeFailure, type Count } from './verify-message.ts';

const MAX_NEAREST = 3;

/**
 * Holds only if dropped entries cannot change the result: `never` fails once entries were dropped, and the message says
 * why. Throws `MockError` `invalid-request` for an expectation that contradicts itself.
 */
export async function verifyJournal(
  journal: Journal,
  sandbox: string,
  expectation: Expectation,
): Promise<Held | NotHeld> {
  const range = checkExpectation(expectation);
  const findings = await journal.compare(sandbox, expectation.match);
  const count = countMatches(findings);
  const most = count.sure + count.undecided + count.dropped;
  if (count.sure >= range.min && most <= range.max) return { held: true, count: count.sure };

  const expected = describeExpectation(expectation.match, range);
  const nearest = findNearest(findings.comparisons, count, range)
    .slice(0, MAX_NEAREST)
    .map((comparison) => comparison.describe());
  const total = findings.comparisons.length;
  const message = describeFailure({ sandbox, expected, range, count, total, nearest });
  return { held: false, message, count: count.sure, expected, nearest };
}

function countMatches({ comparisons, dropped }: Findings): Count {
  return {
    sure: comparisons.filter(isMatch).length,
    undecided: comparisons.filter(({ isUndecided }) => isUndecided).length,
    dropped,
  };
}

function isMatch({ differenceCount }: Comparison): boolean {
  return differenceCount === 0;
}

/** Too many matches: the matches. Too few: the requests that differ least. Undecided: the uncertain ones. */
function findNearest(
  comparisons: readonly Comparison[],
  { sure }: Count,
  { min, max }: Range,
): readonly Comparison[] {
  if (sure > max) return comparisons.filter(isMatch);
  if (sure >= min) return comparisons.filter(({ isUndecided }) => isUndecided);
  return comparisons
    .filter((comparison) => !isMatch(comparison))
    .toSorted((a, b) => distanceOf(a) - distanceOf(b));
}

/** With equally many differences, a request to the right place comes first, then the newer one. */
function distanceOf({ differenceCount, isElsewhere }: Comparison): number {
  return differenceCount + (isElsewhere ? 0.5 : 0);
}
