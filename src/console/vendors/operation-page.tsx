/** One operation: what the vendor documents, the doubts about it, and a form that sends it. */
import { useEffect, useRef, useState } from 'react';
import type { SpecDocument } from '../openapi/spec-document.ts';
import { useLedger, useVendors } from '../api/use-queries.ts';
import { OperationView } from '../openapi/operation-view.tsx';
import type { ReadOperation } from '../openapi/read-operation.ts';
import { hrefOf, type Place } from '../place.ts';
import { appliesTo } from './find-rows.ts';
import { Try } from './try.tsx';

export function OperationPage({
  document,
  operation,
  vendor,
  place,
  onClose,
}: {
  readonly document: SpecDocument;
  readonly operation: ReadOperation;
  readonly vendor: string;
  readonly place: Place;
  readonly onClose: () => void;
}) {
  const { id, method, path, summary } = operation;
  const { data: served } = useVendors();
  const { data: rows = [] } = useLedger(place.sandbox);
  const [isTrying, setIsTrying] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const isServed = served?.vendors.some(
    ({ name, operations }) => name === vendor && operations.some((each) => each.id === id),
  );
  const doubts = rows.filter((row) => row.vendor === vendor && appliesTo(row, id));
  return (
    <article
      className="detail row-detail"
      aria-labelledby="operation-title"
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <header className="detail-head">
        <h2 id="operation-title" ref={heading} tabIndex={-1}>
          {summary === '' ? id : summary}
        </h2>
        <button className="button plain end" type="button" onClick={onClose}>
          Close
        </button>
        <p className="operation-line">
          <code>
            {method} {path}
          </code>
          <span className="soft">{id}</span>
          {doubts.length > 0 && (
            <a href={hrefOf({ ...place, rest: ['ledger', 'of', vendor, id] })}>
              {doubts.length} ledger rows
            </a>
          )}
          {isServed && (
            <button
              className="button"
              type="button"
              aria-expanded={isTrying}
              onClick={() => setIsTrying(!isTrying)}
            >
              Try it
            </button>
          )}
        </p>
      </header>
      <div className="detail-body">
        {isTrying && <Try operation={operation} vendor={vendor} place={place} />}
        <OperationView document={document} operation={operation} />
      </div>
    </article>
  );
}
