/** Compares two calibrations of one vendor: where has it moved? */
import type { Calibration, CalibratedRow } from '../ledger/calibration.ts';

export type RowCheck = {
  readonly row: string;
  readonly state: 'same' | 'moved' | 'not compared';
  /** What was and what is, or why the row was not compared. Empty: it is the same. */
  readonly message: string;
};

/** A row that was not probed at one of the times is not compared. */
export function findMoves(before: Calibration, now: Calibration): readonly RowCheck[] {
  return Object.entries(now.rows).map(([row, found]): RowCheck => {
    const known = before.rows[row];
    if (found.verdict === 'not probed') {
      return { row, state: 'not compared', message: found.why ?? '' };
    }
    if (!known || known.verdict === 'not probed') {
      return { row, state: 'not compared', message: 'It was not probed before.' };
    }
    const [was, is] = [tell(row, known, before), tell(row, found, now)];
    return was === is
      ? { row, state: 'same', message: '' }
      : { row, state: 'moved', message: `was: ${was}\nis: ${is}` };
  });
}

/** All that counts as the vendor's behavior. */
function tell(
  row: string,
  { verdict, choice, alike = [], differs = [] }: CalibratedRow,
  { sentences }: Calibration,
): string {
  const own = sentences.filter((sentence) => sentence.row === row);
  return [
    tellVerdict(verdict, choice, alike),
    ...differs
      .filter(({ kind }) => kind !== 'words')
      .map(({ kind, at, live }) => `${kind} of ${at}: ${live}`),
    ...own.map(({ live }) => `says: ${live}`),
  ].join('; ');
}

function tellVerdict(
  verdict: CalibratedRow['verdict'],
  choice: string | undefined,
  alike: readonly string[],
): string {
  const choices = choice === undefined ? alike : [choice];
  if (choices.length === 0) return verdict;
  return verdict === 'none fits'
    ? `none fits, the nearest is ${choice}`
    : `${verdict}: ${choices.join(', ')}`;
}
