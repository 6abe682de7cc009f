/** Search and filters of the ledger. */
import type { LedgerRow } from '../../control-api/control-api.ts';
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
      <input
        className="input"
        type="search"
        aria-label="Search the ledger"
        placeholder="Search title, source, choice"
        value={filter.text}
        onChange={(event) => set({ text: event.target.value })}
      />
      <select
        className="select"
        aria-label="Vendor"
        value={filter.vendor}
        onChange={(event) => set({ vendor: event.target.value, operation: '' })}
      >
        <option value="">All vendors</option>
        {vendors.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      {filter.vendor !== '' && (
        <select
          className="select"
          aria-label="Operation"
          value={filter.operation}
          onChange={(event) => set({ operation: event.target.value })}
        >
          <option value="">All operations</option>
          {[...new Set(operations)].toSorted().map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      )}
      <select
        className="select"
        aria-label="Evidence"
        value={filter.evidence}
        onChange={(event) => set({ evidence: event.target.value })}
      >
        <option value="">Any evidence</option>
        {EVIDENCE.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      <select
        className="select"
        aria-label="Switch"
        value={filter.state}
        onChange={(event) => set({ state: event.target.value as RowState })}
      >
        {STATES.map(([id, label]) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      <span className="soft end" role="status">
        {found === rows.length ? `${found} rows` : `${found} of ${rows.length} rows`}
      </span>
    </div>
  );
}
