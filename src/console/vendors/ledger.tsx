/** The ledger: where the vendors' documentation is silent or contradicts itself. Each row can be found and opened. */
import { useEffect, useMemo, useState } from 'react';
import type { LedgerRow } from '../../control-api/control-api.ts';
import { useLedger } from '../api/use-queries.ts';
import { QueryState } from '../parts/query-state.tsx';
import { hrefOf, type Place, type ViewProps } from '../place.ts';
import { findRows, isChanged, NO_ROW_FILTER } from './find-rows.ts';
import { LedgerFilter } from './ledger-filter.tsx';
import { RowDetail } from './row-detail.tsx';
import { useListFocus } from './use-list-focus.ts';

export function Ledger({ place, go }: ViewProps) {
  const { data: rows, error } = useLedger(place.sandbox);
  const [, second, vendor = '', operation = '', evidence = ''] = place.rest;
  const opened = second === 'of' ? undefined : second;
  const [filter, setFilter] = useState(NO_ROW_FILTER);
  // The filter stays while rows are opened and closed.
  useEffect(() => {
    if (operation !== '') setFilter({ ...NO_ROW_FILTER, vendor, operation, evidence });
  }, [vendor, operation, evidence]);
  const found = useMemo(() => findRows(rows ?? [], filter), [rows, filter]);
  const row = rows?.find(({ id }) => id === opened);
  const list = useListFocus(opened);
  const showAll = () => go({ ...place, rest: ['ledger'] });
  if (!rows)
    return (
      <div className="page">
        <QueryState error={error} what="the ledger" />
      </div>
    );
  return (
    <div className="list-page">
      <LedgerFilter
        filter={filter}
        rows={rows}
        found={found.length}
        onChange={(next) => {
          setFilter(next);
          if (operation !== '') showAll();
        }}
      />
      <div className={`split${opened === undefined ? '' : ' open'}`}>
        <ul className="row-list" aria-label="Rows of the ledger" {...list}>
          {found.map((each) => (
            <li key={each.id}>
              <RowLink row={each} place={place} isOpen={each.id === opened} />
            </li>
          ))}
          {found.length === 0 && (
            <li className="empty soft">
              <p>No row matches.</p>
              <div>
                <button
                  className="button"
                  type="button"
                  onClick={() => {
                    setFilter(NO_ROW_FILTER);
                    showAll();
                  }}
                >
                  Show all {rows.length} rows
                </button>
              </div>
            </li>
          )}
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
      data-id={row.id}
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
