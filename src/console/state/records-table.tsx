/** Records as rows. A column's head sorts by it; the key of a record opens it. */
import type { CollectionView, StoredRecord } from '../../control-api/control-api.ts';
import { hrefOf, type Place } from '../place.ts';
import { Value } from './value.tsx';

export type Sort = { readonly field: string; readonly direction: 'ascending' | 'descending' };

export function RecordsTable({
  place,
  collection,
  records,
  sort,
  onSort,
  opened,
  onOpen,
  isSearched,
}: {
  readonly place: Place;
  readonly collection: CollectionView;
  readonly records: readonly StoredRecord[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly opened: string | undefined;
  readonly onOpen: (key: string) => void;
  readonly isSearched: boolean;
}) {
  const columns = columnsOf(collection, records);
  if (records.length === 0) {
    return (
      <p className="empty soft">
        {isSearched ? 'No record has this text.' : 'This collection has no records yet.'}
      </p>
    );
  }
  return (
    <div className="records" tabIndex={0} role="region" aria-label={collection.label}>
      <table className="table">
        <thead>
          <tr>
            {columns.map((field) => (
              <th
                key={field}
                scope="col"
                aria-sort={field === sort.field ? sort.direction : undefined}
              >
                <button type="button" className="sort" onClick={() => onSort(turn(sort, field))}>
                  {field}
                  <span aria-hidden="true">
                    {field === sort.field ? (sort.direction === 'ascending' ? ' ↑' : ' ↓') : ''}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => {
            const key = String(record[collection.key]);
            return (
              <tr
                key={key}
                className={key === opened ? 'selected' : undefined}
                onClick={() => onOpen(key)}
              >
                {columns.map((field, index) => (
                  <td key={field}>
                    {index === 0 ? (
                      <a
                        href={hrefOf({ ...place, rest: ['records', collection.name, key] })}
                        aria-current={key === opened ? 'true' : undefined}
                      >
                        <Value value={record[field]} />
                      </a>
                    ) : (
                      <Value value={record[field]} />
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The key comes first, because it is the link. */
function columnsOf(
  { key, columns }: CollectionView,
  records: readonly StoredRecord[],
): readonly string[] {
  const fields = columns.length > 0 ? columns : Object.keys(records[0] ?? {});
  const others = fields.filter((field) => field !== key);
  // A key that is not among the columns is long, such as a list of two ids.
  return fields.includes(key) || others.length === 0 ? [key, ...others] : others;
}

function turn(sort: Sort, field: string): Sort {
  const isSame = sort.field === field && sort.direction === 'ascending';
  return { field, direction: isSame ? 'descending' : 'ascending' };
}
