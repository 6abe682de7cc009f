/** The ledger: where the vendors' documentation is silent or contradicts itself. Each row can be found and opened. */
import { useMemo, useState } from 'react';
import type { LedgerRow } from '../../control-api/control-api.ts';
import type { ViewProps } from '../app.tsx';
import { useLedger } from '../api/use-queries.ts';
import { QueryState } from '../parts/query-state.tsx';
import { hrefOf, type Place } from '../place.ts';
import { EVIDENCE } from './evidence.ts';
import { findRows, isChanged, NO_ROW_FILTER, type RowFilter } from './find-rows.ts';
import { RowDetail } from './row-detail.tsx';

export function Ledger({ place, go }: ViewProps) {
  const { data: rows, error } = useLedger(place.sandbox);
  const [, second, third] = place.rest;
  const operation = second === 'of' ? (third ?? '') : '';
  const opened = second === 'of' ? undefined : second;
  const [chosen, setFilter] = useState(NO_ROW_FILTER);
  const filter = operation === '' ? chosen : { ...chosen, operation };
  const found = useMemo(() => findRows(rows ?? [], filter), [rows, filter]);
  const row = rows?.find(({ id }) => id === opened);
  const showAll = () => go({ ...place, rest: ['ledger'] });
  if (!rows)
    return (
      <div className="page">
        <QueryState error={error} what="the ledger" />
      </div>
    );
  return (
    <div className="list-page">
      <FilterBar
        filter={filter}
        rows={rows}
        found={found.length}
        onChange={(next) => {
          setFilter(next);
          if (operation !== '') showAll();
        }}
      />
      <div className={`split${opened === undefined ? '' : ' open'}`}>
        <ul className="row-list" aria-label="Rows of the ledger">
          {found.map((each) => (
            <li key={each.id}>
              <RowLink row={each} place={place} isOpen={each.id === opened} />
            </li>
          ))}
          {found.length === 0 && <li className="empty soft">No row matches the filter.</li>}
        </ul>
        {row && <RowDetail key={row.id} row={row} place={place} onClose={showAll} />}
        {opened !== undefined && !row && (
          <div className="detail">
            <p className="empty soft">The ledger has no row {opened}.</p>
          </div>
        )}
      </div>
    </div>
  );
}

function RowLink({
  row,
  place,
  isOpen,
}: {
  readonly row: LedgerRow;
  readonly place: Place;
  readonly isOpen: boolean;
}) {
  return (
    <a
      className="row-link"
      href={hrefOf({ ...place, rest: ['ledger', row.id] })}
      aria-current={isOpen ? 'true' : undefined}
    >
      <span className="title">{row.title}</span>
      <span className="marks">
        {row.choice !== undefined && (
          <span className={`badge${isChanged(row) ? ' accent' : ''}`}>{row.choice}</span>
        )}
        <span className={`badge evidence ${row.evidence}`}>{row.evidence}</span>
      </span>
      <code className="soft">{row.id}</code>
    </a>
  );
}

function FilterBar({
  filter,
  rows,
  found,
  onChange,
}: {
  readonly filter: RowFilter;
  readonly rows: readonly LedgerRow[];
  readonly found: number;
  readonly onChange: (filter: RowFilter) => void;
}) {
  const vendors = [...new Set(rows.map(({ vendor }) => vendor))];
  const operations = [
    ...new Set(
      rows
        .filter(({ vendor }) => filter.vendor === '' || vendor === filter.vendor)
        .flatMap((row) => row.operations),
    ),
  ].toSorted();
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
      <select
        className="select"
        aria-label="Operation"
        value={filter.operation}
        onChange={(event) => set({ operation: event.target.value })}
      >
        <option value="">All operations</option>
        {operations.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
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
      <label className="check">
        <input
          type="checkbox"
          checked={filter.isSwitchable}
          onChange={(event) => set({ isSwitchable: event.target.checked })}
        />
        Can be switched
      </label>
      <span className="soft end" role="status">
        {found === rows.length ? `${found} rows` : `${found} of ${rows.length} rows`}
      </span>
    </div>
  );
}
