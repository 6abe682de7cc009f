/** A vendor's OpenAPI document to read, and to try against this sandbox. */
import { useMemo, useState } from 'react';
import type { ViewProps } from '../app.tsx';
import { base } from '../api/api.ts';
import { useExamples, useSpec, useVendors } from '../api/use-queries.ts';
import { OperationView } from '../openapi/operation-view.tsx';
import { readOperations, type ReadOperation } from '../openapi/read-operation.ts';
import { draftRequest } from '../openapi/to-request.ts';
import { QueryState } from '../parts/query-state.tsx';
import { hrefOf, type Place } from '../place.ts';
import { Resend } from '../traffic/resend.tsx';
import { sandboxUrl } from '../traffic/first-entry.tsx';
import '../openapi/openapi.css';

/** The control API describes itself as the vendors are described. Its calls are not in the journal. */
const CONTROL = { name: 'control', title: 'Control API' };

export function Specs({ place, go }: ViewProps) {
  const { data: served, error } = useVendors();
  const [, vendor = served?.vendors[0]?.name ?? null, opened] = place.rest;
  const { data: document, error: refused } = useSpec(vendor);
  const { data } = useExamples(place.sandbox);
  const operations = useMemo(() => (document ? readOperations(document) : []), [document]);
  const [text, setText] = useState('');
  const found = operations.filter((each) => has(each, text));
  const operation = operations.find(({ id }) => id === opened);
  const credentials = data?.examples.find((each) => each.vendor === vendor)?.headers ?? {};
  if (!served)
    return (
      <div className="page">
        <QueryState error={error} what="the specs" />
      </div>
    );
  return (
    <div className="list-page">
      <div className="toolbar" role="search" aria-label="Operations">
        <select
          className="select"
          aria-label="Spec of"
          value={vendor ?? ''}
          onChange={(event) => go({ ...place, rest: ['specs', event.target.value] })}
        >
          {[...served.vendors, CONTROL].map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
        <input
          className="input"
          type="search"
          aria-label="Search operations"
          placeholder="Search operations"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <a
          className="end"
          href={`${base}/_mock/specs/${encodeURIComponent(vendor ?? '')}.json`}
          download
        >
          Download
        </a>
      </div>
      <div className={`split${operation ? ' open' : ''}`}>
        <ul className="row-list" aria-label="Operations">
          {document ? (
            found.map((each) => (
              <li key={`${each.method} ${each.path}`}>
                <OperationLink
                  operation={each}
                  href={hrefOf({ ...place, rest: ['specs', vendor ?? '', each.id] })}
                  isOpen={each.id === opened}
                />
              </li>
            ))
          ) : (
            <li className="empty">
              <QueryState error={refused} what="the spec" />
            </li>
          )}
        </ul>
        {document && operation && (
          <article
            className="detail row-detail"
            aria-labelledby="operation-title"
            key={operation.id}
          >
            <OperationHead
              operation={operation}
              place={place}
              go={go}
              server={vendor === CONTROL.name ? undefined : sandboxUrl(place.sandbox)}
              credentials={credentials}
            />
            <div className="detail-body">
              <OperationView document={document} operation={operation} />
            </div>
          </article>
        )}
      </div>
    </div>
  );
}

function OperationLink({
  operation: { method, path, summary, id },
  href,
  isOpen,
}: {
  readonly operation: ReadOperation;
  readonly href: string;
  readonly isOpen: boolean;
}) {
  return (
    <a className="row-link" href={href} aria-current={isOpen ? 'true' : undefined}>
      <span className="title">{summary === '' ? id : summary}</span>
      <span className="mono soft">{method}</span>
      <code className="soft path">{path}</code>
    </a>
  );
}

function OperationHead({
  operation,
  place,
  go,
  server,
  credentials,
}: {
  readonly operation: ReadOperation;
  readonly place: Place;
  readonly go: (place: Place) => void;
  /** Undefined: it cannot be tried here. */
  readonly server: string | undefined;
  readonly credentials: Readonly<Record<string, string>>;
}) {
  const [isTrying, setIsTrying] = useState(false);
  const { id, method, path, summary } = operation;
  const draft = useMemo(
    () => draftRequest(operation, server ?? '', credentials),
    [operation, server, credentials],
  );
  return (
    <header className="detail-head">
      <h2 id="operation-title">{summary === '' ? id : summary}</h2>
      {server !== undefined && (
        <button className="button" type="button" onClick={() => setIsTrying(true)}>
          Try…
        </button>
      )}
      <a className="end" href={hrefOf({ ...place, rest: place.rest.slice(0, 2) })}>
        Close
      </a>
      <p className="soft">
        <code>
          {method} {path}
        </code>{' '}
        · {id} <a href={hrefOf({ ...place, rest: ['ledger', 'of', id] })}>Its rows in the ledger</a>
      </p>
      <Resend
        title={summary === '' ? id : summary}
        request={draft}
        isOpen={isTrying}
        onClose={() => setIsTrying(false)}
        onSent={(entry) => go({ ...place, view: 'traffic', rest: [entry] })}
      />
    </header>
  );
}

function has({ id, path, summary, method }: ReadOperation, text: string): boolean {
  return `${method} ${path} ${id} ${summary}`.toLowerCase().includes(text.trim().toLowerCase());
}
