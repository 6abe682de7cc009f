/** What a verification found: a row an interaction, a cell for each thing it was held against. */
import type { FileFault, Interaction } from './contract.ts';

/**
 * `held`: judged, and as the contract says. `failed`: not so. `skipped`: not asked to run. `not judged`: nothing here
 * can tell; it is no pass.
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

export type Cell = { readonly verdict: Verdict; readonly findings: readonly Finding[] };

/** Where the mock and the live vendor answered one request differently. */
export type Difference = {
  readonly at: string;
  readonly mock: string;
  readonly live: string;
  /** The row that explains it; undefined: none does. */
  readonly ledger: string | undefined;
};

export type Row = {
  readonly interaction: Interaction;
  readonly spec: Cell;
  readonly mock: Cell;
  /** Undefined: there is no live vendor to ask. */
  readonly live: Cell | undefined;
  readonly differences: readonly Difference[];
  readonly durationMs: number;
};

export type Report = {
  readonly rows: readonly Row[];
  /** What could not be verified, so that the whole does not hold. */
  readonly faults: readonly FileFault[];
  readonly durationMs: number;
  /** True: every interaction was verified and holds. */
  readonly held: boolean;
};

const COLUMNS = ['spec', 'mock', 'live'] as const;

/** The cells that the row has, by column. */
export function cellsOf(row: Row): readonly { readonly column: string; readonly cell: Cell }[] {
  return COLUMNS.flatMap((column) => {
    const cell = row[column];
    return cell ? [{ column, cell }] : [];
  });
}

export function isFailed(row: Row): boolean {
  return cellsOf(row).some(({ cell }) => cell.verdict === 'failed');
}

/** Failed where a finding is an error; `failOnWarnings`: also where one is a warning. */
export function toCell(findings: readonly Finding[], failOnWarnings: boolean): Cell {
  const isFault = ({ severity }: Finding) =>
    severity === 'error' || (failOnWarnings && severity === 'warning');
  return { verdict: findings.some(isFault) ? 'failed' : 'held', findings };
}

export function skipped(message: string): Cell {
  return { verdict: 'skipped', findings: [{ severity: 'note', message }] };
}
