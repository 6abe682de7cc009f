/** The result of a verification: a row for each interaction, and a cell for each column. */
import type { FileFault, Interaction } from './contract.ts';

/**
 * `held`: checked and as the contract says. `failed`: checked and different. `skipped`: not run. `not judged`: cannot be
 * checked, and does not count as passed.
 */
type Verdict = 'held' | 'failed' | 'skipped' | 'not judged';

export type Finding = {
  /** An error fails its cell, a warning only with `--fail-on warnings`; a note explains. */
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  /** `$.results[0].count`, `status`, `header content-type`. */
  readonly at?: string;
  readonly expected?: string;
  readonly actual?: string;
};

const NO_ALTERNATIVE = /must match (?:a|exactly one) schema in (?:anyOf|oneOf)$/;

export type Cell = { readonly verdict: Verdict; readonly findings: readonly Finding[] };

/** A difference between the answers of the mock and the live vendor to one request. */
export type Difference = {
  readonly at: string;
  readonly mock: string;
  readonly live: string;
  /** The ledger row that explains it; undefined if none does. */
  readonly ledger: string | undefined;
};

export type Row = {
  readonly interaction: Interaction;
  readonly spec: Cell;
  readonly mock: Cell;
  /** Undefined if there is no live vendor. */
  readonly live: Cell | undefined;
  readonly differences: readonly Difference[];
  readonly durationMs: number;
};

export type Report = {
  readonly rows: readonly Row[];
  /** Parts that could not be verified. Each makes the verification fail. */
  readonly faults: readonly FileFault[];
  readonly durationMs: number;
  /** True if every interaction was verified and holds. */
  readonly held: boolean;
};

const COLUMNS = ['spec', 'mock', 'live'] as const;

/** The cells of a row, with their columns. */
export function cellsOf(row: Row): readonly { readonly column: string; readonly cell: Cell }[] {
  return COLUMNS.flatMap((column) => {
    const cell = row[column];
    return cell ? [{ column, cell }] : [];
  });
}

export function isFailed(row: Row): boolean {
  return cellsOf(row).some(({ cell }) => cell.verdict === 'failed');
}

/** Each finding once. Failed if a finding is an error or, with `failOnWarnings`, a warning. */
export function toCell(findings: readonly Finding[], failOnWarnings: boolean): Cell {
  const isFault = ({ severity }: Finding) =>
    severity === 'error' || (failOnWarnings && severity === 'warning');
  const verdict = findings.some(isFault) ? 'failed' : 'held';
  return { verdict, findings: [...withoutRepeats(findings)] };
}

/** Each alternative of a schema has its own say, so the same sentence can come several times. */
function withoutRepeats(findings: readonly Finding[]): Iterable<Finding> {
  const told = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  const all = [...told.values()];
  // That no alternative fits says nothing where it is said why each does not.
  return all.filter(
    ({ at, message }) =>
      !NO_ALTERNATIVE.test(message) ||
      all.every((other) => other.at !== at || NO_ALTERNATIVE.test(other.message)),
  );
}

export function skipped(message: string): Cell {
  return { verdict: 'skipped', findings: [{ severity: 'note', message }] };
}
