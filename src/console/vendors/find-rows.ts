/** Finds rows of the ledger by what a person types and chooses. */
import type { LedgerRow } from '../../control-api/control-api.ts';

export type RowFilter = {
  /** Words that all have to occur, in any case. */
  readonly text: string;
  readonly vendor: string;
  readonly evidence: string;
  /** An operation of this vendor that the row applies to. */
  readonly operation: string;
  readonly state: RowState;
};

/** `changed`: this sandbox uses another choice than the default. */
export type RowState = '' | 'switchable' | 'changed';

export const NO_ROW_FILTER: RowFilter = {
  text: '',
  vendor: '',
  evidence: '',
  operation: '',
  state: '',
};

export function findRows(rows: readonly LedgerRow[], filter: RowFilter): readonly LedgerRow[] {
  const { text, vendor, evidence, operation, state } = filter;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(
    (row) =>
      (vendor === '' || row.vendor === vendor) &&
      (evidence === '' || row.evidence === evidence) &&
      (operation === '' || appliesTo(row, operation)) &&
      (state === '' || row.choice !== undefined) &&
      (state !== 'changed' || isChanged(row)) &&
      hasWords(row, words),
  );
}

/** A row without operations applies to all of its vendor. */
export function appliesTo({ operations }: LedgerRow, operation: string): boolean {
  return operations.length === 0 || operations.includes(operation);
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
  const parts = [
    row.id,
    row.title,
    row.mock,
    ...row.operations,
    ...sources,
    ...choices,
    row.fixed ?? '',
  ];
  const haystack = parts.join(' ').toLowerCase();
  return words.every((word) => haystack.includes(word));
}
