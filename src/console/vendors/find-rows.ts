/** Finds rows of the ledger by what a person types and chooses. */
import type { LedgerRow } from '../../control-api/control-api.ts';

export type RowFilter = {
  /** Words that all have to occur, in any case. */
  readonly text: string;
  readonly vendor: string;
  readonly evidence: string;
  /** An operation that the row applies to. */
  readonly operation: string;
  readonly isSwitchable: boolean;
};

export const NO_ROW_FILTER: RowFilter = {
  text: '',
  vendor: '',
  evidence: '',
  operation: '',
  isSwitchable: false,
};

export function findRows(rows: readonly LedgerRow[], filter: RowFilter): readonly LedgerRow[] {
  const { text, vendor, evidence, operation, isSwitchable } = filter;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(
    (row) =>
      (vendor === '' || row.vendor === vendor) &&
      (evidence === '' || row.evidence === evidence) &&
      (operation === '' || row.operations.includes(operation)) &&
      (!isSwitchable || row.choice !== undefined) &&
      hasWords(row, words),
  );
}

/** Whether the sandbox uses another choice than a new one would. */
export function isChanged(row: LedgerRow): boolean {
  return row.choice !== undefined && row.choice !== defaultOf(row);
}

export function defaultOf({ choices, number }: LedgerRow): string | undefined {
  return choices?.[0]?.id ?? (number && String(number.default));
}

function hasWords(row: LedgerRow, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const sources = row.sources.flatMap(({ source, says }) => [source, says]);
  const choices = row.choices?.flatMap(({ id, why = '' }) => [id, why]) ?? [];
  const parts = [row.id, row.title, row.mock, ...row.operations, ...sources, ...choices];
  const haystack = parts.join(' ').toLowerCase();
  return words.every((word) => haystack.includes(word));
}
