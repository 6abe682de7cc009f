/** Search and filters of the ledger. */
import type { LedgerRow } from '../../control-api/control-api.ts';
import { SearchInput } from '../parts/search-input.tsx';
import { Select } from '../parts/select.tsx';
import { VendorFilter } from '../parts/vendor-filter.tsx';
import { EVIDENCE } from './evidence.ts';
import type { RowFilter, RowState } from './find-rows.ts';

const STATES: readonly (readonly [RowState, string])[] = [
  ['', 'All rows'],
  ['switchable', 'With a switch'],
  ['changed', 'Switched here'],
];

export function LedgerFilter({
  filter,
  rows,
  found,
  onChange,
}: {
  readonly filter: RowFilter;
  readonly rows: readonly LedgerRow[];
  /** How many rows the filter leaves. */
  readonly found: number;
  readonly onChange: (filter: RowFilter) => void;
}) {
  const vendors = [...new Set(rows.map(({ vendor }) => vendor))];
  const operations = rows
    .filter(({ vendor }) => vendor === filter.vendor)
    .flatMap((row) => row.operations);
  const set = (change: Partial<RowFilter>) => onChange({ ...filter, ...change });
  return (
    <div className="toolbar" role="search" aria-label="Ledger">
      <SearchInput
        label="Search the ledger"
        placeholder="Search title, source, choice"
        value={filter.text}
        onChange={(text) => set({ text })}
      />
      <VendorFilter
        vendors={vendors.map((name) => [name, name])}
        operations={operations}
        vendor={filter.vendor}
        operation={filter.operation}
        onChange={set}
      />
      <Select
        label="Evidence"
        value={filter.evidence}
        options={[['', 'Any evidence'], ...EVIDENCE.map(({ id, label }) => [id, label] as const)]}
        onChange={(evidence) => set({ evidence })}
      />
      <Select
        label="Switch"
        value={filter.state}
        options={STATES}
        onChange={(state) => set({ state })}
      />
      <span className="soft end" role="status">
        {found === rows.length ? `${found} rows` : `${found} of ${rows.length} rows`}
      </span>
    </div>
  );
}
