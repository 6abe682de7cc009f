/** The operations of each vendor: how they are served, and what speaks for the way they answer. */
import { useQuery } from '@tanstack/react-query';
import type { Coverage } from '../../control-api/control-api.ts';
import { useApi } from '../api/session.tsx';
import { useVendors } from '../api/use-queries.ts';
import { QueryState } from '../parts/query-state.tsx';
import { hrefOf, type Place } from '../place.ts';
import { EVIDENCE } from './evidence.ts';
import { ModeBadge } from './live.tsx';

type Operation = Coverage['operations'][number];

/** Said where an operation is not answered by code that keeps state. */
const KINDS = {
  handled: undefined,
  generated: 'made from the spec',
  'not-mocked': 'not mocked',
} as const;

export function Operations({ place }: { readonly place: Place }) {
  const api = useApi();
  const { data, error } = useQuery({ queryKey: ['coverage'], queryFn: () => api.getCoverage() });
  const { data: served } = useVendors();
  if (!data)
    return (
      <Page>
        <QueryState error={error} what="the operations" />
      </Page>
    );
  const { handled, generated, notMocked } = data.totals;
  const byVendor = Map.groupBy(data.operations, ({ vendor }) => vendor);
  return (
    <Page>
      <p className="soft">
        {handled} operations keep state.{' '}
        {generated > 0 && `${generated} are made from their specs. `}
        {notMocked > 0 && `${notMocked} of the vendors’ operations are not mocked. `}
        The numbers count the rows of the ledger behind an operation, by evidence.
      </p>
      {[...byVendor].map(([vendor, operations]) => (
        <section key={vendor} className="vendor" aria-labelledby={`vendor-${vendor}`}>
          <h2 id={`vendor-${vendor}`}>
            {served?.vendors.find(({ name }) => name === vendor)?.title ?? vendor}{' '}
            <ModeBadge vendor={vendor} place={place} />
            <a className="more" href={hrefOf({ ...place, rest: [vendor] })}>
              Read its spec
            </a>
          </h2>
          <Table operations={operations} place={place} />
        </section>
      ))}
      {served && served.notServed.length > 0 && (
        <section aria-labelledby="not-served">
          <h2 id="not-served">Not served</h2>
          <ul className="not-served">
            {served.notServed.map(({ file, operation, schema, reason }) => (
              <li key={`${file} ${operation ?? ''} ${schema ?? ''}`}>
                <code>{[file, operation ?? schema].filter(Boolean).join(' · ')}</code>
                <p className="soft">{reason}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}

function Page({ children }: { readonly children: React.ReactNode }) {
  return (
    <div className="page">
      <div className="page-inner">{children}</div>
    </div>
  );
}

function Table({
  operations,
  place,
}: {
  readonly operations: readonly Operation[];
  readonly place: Place;
}) {
  return (
    <div className="scroll-x">
      <table className="table operations">
        <thead>
          <tr>
            <th scope="col">Operation</th>
            {EVIDENCE.map(({ id, label, meaning }) => (
              <th key={id} scope="col" className="count" title={meaning}>
                <span>{label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {operations.map((each) => (
            <tr key={`${each.method} ${each.path}`} className={each.kind}>
              <th scope="row">
                <div className="operation">
                  {each.operation !== null && (
                    <a
                      className="name"
                      href={hrefOf({ ...place, rest: [each.vendor, each.operation] })}
                    >
                      {each.operation}
                    </a>
                  )}
                  <span className={each.operation === null ? undefined : 'soft'}>
                    {each.summary}
                  </span>
                  {KINDS[each.kind] !== undefined && (
                    <span className="badge">{KINDS[each.kind]}</span>
                  )}
                  <code className="path">
                    {each.method} {each.path}
                  </code>
                </div>
              </th>
              {EVIDENCE.map(({ id, label }) => (
                <td key={id} className="count">
                  {each.evidence[id] > 0 && each.operation !== null ? (
                    <a
                      href={hrefOf({
                        ...place,
                        rest: ['ledger', 'of', each.vendor, each.operation, id],
                      })}
                      aria-label={`${each.evidence[id]} ${label}: ledger of ${each.operation}`}
                    >
                      {each.evidence[id]}
                    </a>
                  ) : (
                    <span className="soft">–</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
