/** A record: its life as a line, its fields, what belongs to it, and the requests that were about it. */
import { useQuery } from '@tanstack/react-query';
import type {
  CollectionView,
  JournalEntry,
  RecordView,
  StoredRecord,
} from '../../control-api/control-api.ts';
import { useApi } from '../api/session.tsx';
import { useJournal } from '../api/use-journal.tsx';
import { useSandbox } from '../api/use-queries.ts';
import { CopyButton } from '../parts/copy.tsx';
import { JsonView } from '../parts/json-view.tsx';
import { QueryState } from '../parts/query-state.tsx';
import { hrefOf, type Place, type ViewProps } from '../place.ts';
import { classOfStatus } from '../traffic/words.ts';
import { ChangeMenu } from './change-menu.tsx';
import { LifeLine } from './life-line.tsx';
import { findRequests } from './find-requests.ts';
import { Value } from './value.tsx';

/** Older requests can be found in the traffic. */
const MOST_REQUESTS = 20;

export function RecordDetail({
  place,
  go,
  collection,
  collections,
  recordKey,
  onClose,
}: ViewProps & {
  readonly collection: CollectionView;
  readonly collections: readonly CollectionView[];
  readonly recordKey: string;
  readonly onClose: () => void;
}) {
  const { sandbox } = place;
  const api = useApi();
  const { data, error } = useQuery({
    queryKey: ['record', sandbox, collection.name, recordKey],
    queryFn: () => api.getRecord(sandbox, collection.name, recordKey),
    refetchInterval: 4_000,
  });
  const title = data ? String(data.record[collection.title] ?? recordKey) : recordKey;
  return (
    <article
      className="detail row-detail"
      aria-labelledby="record-title"
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <header className="detail-head">
        <h2 id="record-title">{title}</h2>
        {data && <ChangeMenu collection={collection} record={data.record} place={place} go={go} />}
        <button className="button plain end" type="button" onClick={onClose}>
          Close
        </button>
        <p className="soft">
          {collection.label} · {collection.key} <code>{recordKey}</code>
        </p>
      </header>
      <div className="detail-body">
        {data ? (
          <Content view={data} place={place} collection={collection} collections={collections} />
        ) : (
          <QueryState error={error} what="the record" />
        )}
      </div>
    </article>
  );
}

function Content({
  view: { record, moments, parts },
  place,
  collection,
  collections,
}: {
  readonly view: RecordView;
  readonly place: Place;
  readonly collection: CollectionView;
  readonly collections: readonly CollectionView[];
}) {
  const { data: sandbox } = useSandbox(place.sandbox);
  return (
    <>
      {sandbox && moments.length > 0 && (
        <section aria-label="Life">
          <h3>Life</h3>
          <LifeLine moments={moments} now={sandbox.clock.now} />
        </section>
      )}
      {parts
        .filter(({ total }) => total > 0)
        .map((part) => (
          <Part
            key={part.collection}
            part={part}
            collection={collections.find(({ name }) => name === part.collection)}
            place={place}
          />
        ))}
      <section>
        <h3>
          Record <CopyButton text={JSON.stringify(record, undefined, 2)} what="the record" />
        </h3>
        <JsonView value={record} label="The record" />
      </section>
      <Requests record={record} collection={collection} place={place} />
    </>
  );
}

function Part({
  part: { records, total },
  collection,
  place,
}: {
  readonly part: RecordView['parts'][number];
  readonly collection: CollectionView | undefined;
  readonly place: Place;
}) {
  if (!collection) return undefined;
  const { name, label, key, columns } = collection;
  return (
    <section>
      <h3>
        {label} <span className="soft">{total}</span>
      </h3>
      <div className="scroll-x part" tabIndex={0} role="region" aria-label={label}>
        <table className="table">
          <thead>
            <tr>
              {columns.map((field) => (
                <th key={field} scope="col">
                  {field}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {records.map((record) => (
              <tr key={String(record[key])}>
                {columns.map((field, index) => (
                  <td key={field}>
                    {index === 0 ? (
                      <a href={hrefOf({ ...place, rest: ['records', name, String(record[key])] })}>
                        <Value value={record[field]} />
                      </a>
                    ) : (
                      <Value value={record[field]} />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {records.length < total && (
        <p className="soft">
          {records.length} of {total}
        </p>
      )}
    </section>
  );
}

function Requests({
  record,
  collection,
  place,
}: {
  readonly record: StoredRecord;
  readonly collection: CollectionView;
  readonly place: Place;
}) {
  const { entries } = useJournal();
  const found = findRequests(entries, record, collection).slice(0, MOST_REQUESTS);
  return (
    <section>
      <h3>Requests about it</h3>
      {found.length === 0 ? (
        <p className="soft">None in the journal</p>
      ) : (
        <ul className="requests">
          {found.map((entry) => (
            <li key={entry.id}>
              <RequestLink entry={entry} place={place} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function RequestLink({ entry, place }: { readonly entry: JournalEntry; readonly place: Place }) {
  const { id, status, request, operation, time } = entry;
  return (
    <a href={hrefOf({ ...place, view: 'traffic', rest: [id] })}>
      <span className={`figure ${classOfStatus(status)}`}>{status === 0 ? '—' : status}</span>{' '}
      <span className="mono">{request.method}</span> {operation ?? request.url}{' '}
      <span className="soft figure">{time.slice(0, 19).replace('T', ' ')}</span>
    </a>
  );
}
