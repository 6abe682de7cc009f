/** A vendor's OpenAPI document: its operations as a list, and one of them to read and to try. */
import { useMemo, useState } from 'react';
import { base } from '../api/api.ts';
import { useSpec, useVendors } from '../api/use-queries.ts';
import { readOperations, type ReadOperation } from '../openapi/read-operation.ts';
import { QueryState } from '../parts/query-state.tsx';
import { SearchInput } from '../parts/search-input.tsx';
import { Select } from '../parts/select.tsx';
import { hrefOf, type ViewProps } from '../place.ts';
import { OperationPage } from './operation-page.tsx';
import { useListFocus } from './use-list-focus.ts';
import '../openapi/openapi.css';

/** The control API describes itself as the vendors are described. Its calls are not in the journal. */
const CONTROL = { name: 'control', title: 'Control API' };

export function Specs({ place, go }: ViewProps) {
  const { data: served, error } = useVendors();
  const [first = 'specs', opened] = place.rest;
  const vendor = first === 'specs' ? served?.vendors[0]?.name : first;
  const { data: document, error: refused } = useSpec(vendor ?? null);
  const operations = useMemo(() => (document ? readOperations(document) : []), [document]);
  const [text, setText] = useState('');
  const found = operations.filter((each) => has(each, text));
  const operation = operations.find(({ id }) => id === opened);
  const list = useListFocus(opened);
  if (!served || vendor === undefined)
    return (
      <div className="page">
        <QueryState error={error} what="the specs" />
      </div>
    );
  return (
    <div className="list-page">
      <div className="toolbar" role="search" aria-label="Operations">
        <Select
          label="Spec of"
          value={vendor}
          options={[...served.vendors, CONTROL].map(({ name, title }) => [name, title])}
          onChange={(name) => go({ ...place, rest: [name] })}
        />
        <SearchInput label="Search operations" value={text} onChange={setText} />
        <a className="end" href={`${base}/_mock/specs/${encodeURIComponent(vendor)}.json`} download>
          Download the spec
        </a>
      </div>
      <div className={`split${opened === undefined ? '' : ' open'}`}>
        <ul className="row-list" aria-label="Operations" {...list}>
          {found.map((each) => (
            <li key={`${each.method} ${each.path}`}>
              <OperationLink
                operation={each}
                href={hrefOf({ ...place, rest: [vendor, each.id] })}
                isOpen={each.id === opened}
              />
            </li>
          ))}
          {!document && (
            <li className="empty">
              <QueryState error={refused} what="the spec" />
            </li>
          )}
          {document && found.length === 0 && <li className="empty soft">No operation matches.</li>}
        </ul>
        {document && operation && (
          <OperationPage
            key={`${vendor} ${operation.id}`}
            document={document}
            operation={operation}
            vendor={vendor}
            place={place}
            onClose={() => go({ ...place, rest: [vendor] })}
          />
        )}
        {document && opened !== undefined && !operation && (
          <div className="detail">
            <p className="empty soft">The spec has no operation {opened}.</p>
          </div>
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
    <a className="row-link" href={href} data-id={id} aria-current={isOpen ? 'true' : undefined}>
      <span className="title">{summary === '' ? id : summary}</span>
      <span className="mono soft">{method}</span>
      <code className="soft path">{path}</code>
    </a>
  );
}

function has({ id, path, summary, method }: ReadOperation, text: string): boolean {
  const haystack = `${method} ${path} ${id} ${summary}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}
