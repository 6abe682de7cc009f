/** What changed since a snapshot: new, removed and changed records, field by field. */
import { useQuery } from '@tanstack/react-query';
import type { CollectionView, RecordDifference } from '../../control-api/control-api.ts';
import { useApi } from '../api/session.tsx';
import { useCollections } from '../api/use-queries.ts';
import { JsonView } from '../parts/json-view.tsx';
import { QueryState } from '../parts/query-state.tsx';
import { hrefOf, type Place } from '../place.ts';
import { changedFields } from './changed-fields.ts';
import { Value } from './value.tsx';

export function Differences({
  place,
  snapshot,
  onClose,
}: {
  readonly place: Place;
  readonly snapshot: string;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const { data: collections = [] } = useCollections(place.sandbox);
  const { data, error } = useQuery({
    queryKey: ['differences', place.sandbox, snapshot],
    queryFn: () => api.compareSnapshot(place.sandbox, snapshot),
    refetchInterval: 4_000,
  });
  const groups = Map.groupBy(data?.differences ?? [], ({ collection }) => collection);
  return (
    <article
      className="detail row-detail"
      aria-labelledby="differences-title"
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <header className="detail-head">
        <h2 id="differences-title">Since {snapshot}</h2>
        <button className="button plain end" type="button" onClick={onClose}>
          Close
        </button>
        {data && (
          <p className="soft" role="status">
            {data.total === 0
              ? 'Nothing has changed.'
              : `${data.total} ${data.total === 1 ? 'record differs' : 'records differ'}.`}
          </p>
        )}
      </header>
      <div className="detail-body">
        {!data && <QueryState error={error} what="the comparison" />}
        {[...groups].map(([name, own]) => (
          <Group
            key={name}
            collection={collections.find((each) => each.name === name)}
            differences={own}
            place={place}
          />
        ))}
        {data && data.differences.length < data.total && (
          <p className="soft">These are the first {data.differences.length}.</p>
        )}
      </div>
    </article>
  );
}

function Group({
  collection,
  differences,
  place,
}: {
  readonly collection: CollectionView | undefined;
  readonly differences: readonly RecordDifference[];
  readonly place: Place;
}) {
  if (!collection) return undefined;
  return (
    <section>
      <h3>{collection.label}</h3>
      {differences.map((each) => (
        <Difference
          key={String(each.key)}
          difference={each}
          collection={collection}
          place={place}
        />
      ))}
    </section>
  );
}

function Difference({
  difference: { key, was, now },
  collection,
  place,
}: {
  readonly difference: RecordDifference;
  readonly collection: CollectionView;
  readonly place: Place;
}) {
  const title = String((now ?? was)?.[collection.title] ?? key);
  if (was !== null && now !== null) {
    return (
      <div className="difference">
        <RecordLink title={title} place={place} collection={collection} recordKey={key} />
        <dl className="facts">
          {changedFields(was, now).map((field) => (
            <div key={field} className="fact">
              <dt className="mono">{field}</dt>
              <dd>
                <Value value={was[field]} /> <span aria-label="became">→</span>{' '}
                <Value value={now[field]} />
              </dd>
            </div>
          ))}
        </dl>
      </div>
    );
  }
  return (
    <details className="difference">
      <summary>
        <span className={`badge ${now ? 'accent' : 'bad'}`}>{now ? 'new' : 'removed'}</span> {title}
      </summary>
      <JsonView value={now ?? was} label={title} />
    </details>
  );
}

function RecordLink({
  title,
  place,
  collection,
  recordKey,
}: {
  readonly title: string;
  readonly place: Place;
  readonly collection: CollectionView;
  readonly recordKey: string | number;
}) {
  return (
    <a href={hrefOf({ ...place, rest: ['records', collection.name, String(recordKey)] })}>
      {title}
    </a>
  );
}
