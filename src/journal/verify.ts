/** Says whether a sandbox was asked what a test expects, and where not, what came nearest. */
import type { Comparison, Nearest } from './compare-exchange.ts';
import { checkExpectation, type Expectation, type Range } from './expectation.ts';
import type { Findings, Journal } from './journal.ts';
import { describeExpectation, describeFailure, type Count } from './verify-message.ts';

export type Verification =
  | { readonly held: true; readonly count: number }
  | {
      readonly held: false;
      /** For a test's output: several lines. */
      readonly message: string;
      /** How many of the entries that are still there match. */
      readonly count: number;
      /** One line: `exactly 1 request with operation createLicense`. */
      readonly expected: string;
      /** At most three; too few were seen: those that differ least; too many: the newest of them. */
      readonly nearest: readonly Nearest[];
    };

const MAX_NEAREST = 3;

/**
 * Holds only where nothing that the journal no longer knows could change that: `never` is not held once entries were
 * dropped, and the message says why. Throws `MockError` `invalid-request` for an expectation that contradicts itself.
 */
export async function verifyJournal(
  journal: Journal,
  sandbox: string,
  expectation: Expectation,
): Promise<Verification> {
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

/** Where there were too many, those; where too few, what differs least; where it cannot be told, what is in doubt. */
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

/** Of two with as many differences, the one that was at least sent to the right place; then the newer one. */
function distanceOf({ differenceCount, isElsewhere }: Comparison): number {
  return differenceCount + (isElsewhere ? 0.5 : 0);
}
