/** A row of the ledger: what its sources say, what the mock does, and the switch for this sandbox. */
import { useEffect, useRef } from 'react';
import type { LedgerRow } from '../../control-api/control-api.ts';
import { hrefOf, type Place } from '../place.ts';
import { AtLiveVendor } from './at-live-vendor.tsx';
import { EVIDENCE } from './evidence.ts';
import { Switch } from './switch.tsx';

export function RowDetail({
  row,
  place,
  onClose,
}: {
  readonly row: LedgerRow;
  readonly place: Place;
  readonly onClose: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const evidence = EVIDENCE.find(({ id }) => id === row.evidence);
  return (
    <article
      className="detail row-detail"
      aria-labelledby="row-title"
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <header className="detail-head">
        <h2 id="row-title" ref={heading} tabIndex={-1}>
          {row.title}
        </h2>
        <button className="button plain end" type="button" onClick={onClose}>
          Close
        </button>
        <p className="soft">
          <code>{row.id}</code> · {row.vendor} · reviewed {row.date}
        </p>
      </header>
      <div className="detail-body">
        <section>
          <h3>What the mock does</h3>
          <p>{row.mock}</p>
        </section>
        {row.choice !== undefined && <Switch row={row} sandbox={place.sandbox} />}
        {row.fixed !== undefined && (
          <section>
            <h3>Why it cannot be switched</h3>
            <p>{row.fixed}</p>
          </section>
        )}
        <AtLiveVendor row={row} />
        <section>
          <h3>What the sources say</h3>
          <dl className="sources">
            {row.sources.map(({ source, says }) => (
              <div key={`${source} ${says}`}>
                <dt>{source}</dt>
                <dd>{says}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h3>Evidence</h3>
          <p>
            <span className={`badge evidence ${row.evidence}`}>{row.evidence}</span>{' '}
            {evidence?.meaning}
          </p>
        </section>
        <section>
          <h3>Operations</h3>
          {row.operations.length === 0 ? (
            <p>All operations of {row.vendor}</p>
          ) : (
            <ul className="names">
              {row.operations.map((operation) => (
                <li key={operation}>
                  <a href={hrefOf({ ...place, rest: [row.vendor, operation] })}>{operation}</a>
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </article>
  );
}
