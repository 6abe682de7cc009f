/** The verdict on a row: which of its choices answers as the live vendor does. */
import { findDifferences, type Difference } from './find-differences.ts';
import type { Played } from './play-probe.ts';

/** A choice of a row, and what a sandbox with it shows. A row without choices has one candidate, without a name. */
export type Candidate = { readonly choice: string | undefined; readonly played: Played };

export type Judged =
  /** One choice fits. `differences` are in words alone. */
  | {
      readonly verdict: 'fits';
      readonly choice: string | undefined;
      readonly differences: readonly Difference[];
    }
  /** `choice` is the nearest one; undefined: several are equally near, or there are none. */
  | {
      readonly verdict: 'none-fits';
      readonly choice: string | undefined;
      readonly differences: readonly Difference[];
    }
  | { readonly verdict: 'not-told-apart'; readonly alike: readonly string[] }
  | { readonly verdict: 'failed'; readonly why: string };

export function judgeRow(live: Played, candidates: readonly Candidate[]): Judged {
  const compared = candidates.map(({ choice, played }) => ({
    choice,
    differences: findAll(played, live),
    failed: played.failed !== undefined,
  }));
  // The vendor refused what the probe needs, and so would no choice.
  if (live.failed !== undefined && !compared.some(({ failed }) => failed)) {
    return { verdict: 'failed', why: live.failed };
  }
  const exact = compared.filter(({ differences }) => differences.length === 0);
  const inWords = compared.filter(({ differences }) => differences.every(isOfWords));
  const fitting = exact.length > 0 ? exact : inWords;
  const [only] = fitting;
  if (only && fitting.length === 1) {
    return { verdict: 'fits', choice: only.choice, differences: only.differences };
  }
  if (only) return { verdict: 'not-told-apart', alike: fitting.map(({ choice = '' }) => choice) };
  const [nearest, second] = compared.toSorted(
    (a, b) => weigh(a.differences) - weigh(b.differences),
  );
  const isOneNearest = !second || weigh(second.differences) > weigh(nearest?.differences ?? []);
  return {
    verdict: 'none-fits',
    choice: isOneNearest ? nearest?.choice : undefined,
    differences: nearest?.differences ?? [],
  };
}

function findAll(mock: Played, live: Played): readonly Difference[] {
  const found = findDifferences(mock.seen, live.seen);
  if (mock.seen.length === live.seen.length) return found;
  const { failed } = mock.failed === undefined ? live : mock;
  const at = failed?.split(' got ')[0] ?? '';
  return [...found, { kind: 'status', at, mock: tellEnd(mock), live: tellEnd(live) }];
}

function tellEnd({ failed }: Played): string {
  return failed === undefined ? 'succeeds' : 'refused';
}

export function isOfWords({ kind }: Difference): boolean {
  return kind === 'words';
}

/** Other words are nearer than another form. */
function weigh(differences: readonly Difference[]): number {
  return differences.reduce((sum, each) => sum + (isOfWords(each) ? 1 : 1000), 0);
}
