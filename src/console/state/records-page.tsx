/** A collection's records: searched, sorted, page by page. One of them is opened. */
import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CollectionView } from '../../control-api/control-api.ts';
import type { ViewProps } from '../place.ts';
import { useApi } from '../api/session.tsx';
import { useCollections } from '../api/use-queries.ts';
import { QueryState } from '../parts/query-state.tsx';
import { SearchInput } from '../parts/search-input.tsx';
import { ChangeMenu } from './change-menu.tsx';
import { RecordDetail } from './record-detail.tsx';
import { RecordsTable, type Sort } from './records-table.tsx';

const PAGE = 100;

export function RecordsPage({ place, go }: ViewProps) {
  const { data: collections, error } = useCollections(place.sandbox);
  const [, name] = place.rest;
  if (!collections) {
    return (
      <div className="page">
        <QueryState error={error} what="the collections" />
      </div>
    );
  }
  const collection = collections.find((each) => each.name === name) ?? firstOf(collections);
  if (!collection) {
    return <p className="empty soft">The vendors of this server keep no records.</p>;
  }
  return (
    <Records
      key={collection.name}
      place={place}
      go={go}
      collection={collection}
      collections={collections}
    />
  );
}

/** The first that has records. */
function firstOf(collections: readonly CollectionView[]): CollectionView | undefined {
  return collections.find(({ records }) => records > 0) ?? collections[0];
}

function Records({
  place,
  go,
  collection,
  collections,
}: ViewProps & {
  readonly collection: CollectionView;
  readonly collections: readonly CollectionView[];
}) {
  const { sandbox, rest } = place;
  const api = useApi();
  const [text, setText] = useState('');
  const [sort, setSort] = useState<Sort>({ field: collection.key, direction: 'ascending' });
  const [offset, setOffset] = useState(0);
  const query = {
    ...(text !== '' && { text }),
    sort: sort.field,
    direction: sort.direction,
    offset,
    limit: PAGE,
  };
  const { data, error } = useQuery({
    queryKey: ['records', sandbox, collection.name, query],
    queryFn: () => api.listRecords(sandbox, collection.name, query),
    placeholderData: keepPreviousData,
    refetchInterval: 4_000,
  });
  const opened = rest[2];
  const show = (key?: string) =>
    go({ ...place, rest: ['records', collection.name, ...(key === undefined ? [] : [key])] });
  return (
    <div className="list-page">
      <div className="toolbar" role="search" aria-label="Records">
        <CollectionPicker
          collections={collections}
          current={collection}
          onPick={(name) => go({ ...place, rest: ['records', name] })}
        />
        <SearchInput
          label="Search records"
          placeholder="Search any value"
          value={text}
          onChange={(next) => {
            setText(next);
            setOffset(0);
          }}
        />
        <ChangeMenu collection={collection} place={place} go={go} />
        {data && (
          <Pager
            offset={offset}
            shown={data.records.length}
            total={data.total}
            onPage={setOffset}
          />
        )}
      </div>
      <div className={`split${opened === undefined ? '' : ' open'}`}>
        {data ? (
          <RecordsTable
            place={place}
            collection={collection}
            records={data.records}
            sort={sort}
            onSort={(next) => {
              setSort(next);
              setOffset(0);
            }}
            opened={opened}
            onOpen={show}
            isSearched={text !== ''}
          />
        ) : (
          <div className="page">
            <QueryState error={error} what="the records" />
          </div>
        )}
        {opened !== undefined && (
          <RecordDetail
            key={opened}
            place={place}
            go={go}
            collection={collection}
            collections={collections}
            recordKey={opened}
            onClose={() => show()}
          />
        )}
      </div>
    </div>
  );
}

function CollectionPicker({
  collections,
  current,
  onPick,
}: {
  readonly collections: readonly CollectionView[];
  readonly current: CollectionView;
  readonly onPick: (name: string) => void;
}) {
  const byVendor = Map.groupBy(collections, ({ vendor }) => vendor);
  return (
    <select
      className="select collection"
      aria-label="Collection"
      value={current.name}
      onChange={(event) => onPick(event.target.value)}
    >
      {[...byVendor].map(([vendor, own]) => (
        <optgroup key={vendor} label={vendor}>
          {own.map(({ name, label, records }) => (
            <option key={name} value={name}>
              {vendor}: {label.toLowerCase()} ({records})
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

function Pager({
  offset,
  shown,
  total,
  onPage,
}: {
  readonly offset: number;
  readonly shown: number;
  readonly total: number;
  readonly onPage: (offset: number) => void;
}) {
  return (
    <div className="end">
      <span className="soft" role="status">
        {shown === total ? `${total} records` : `${offset + 1}–${offset + shown} of ${total}`}
      </span>
      {total > PAGE && (
        <>
          <button
            className="button"
            type="button"
            disabled={offset === 0}
            onClick={() => onPage(Math.max(0, offset - PAGE))}
          >
            Back
          </button>
          <button
            className="button"
            type="button"
            disabled={offset + shown >= total}
            onClick={() => onPage(offset + PAGE)}
          >
            Next
          </button>
        </>
      )}
    </div>
  );
}
