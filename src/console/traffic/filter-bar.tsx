/** Search, filters, pause and clear. */
import { useMemo } from 'react';
import type { JournalEntry } from '../../control-api/control-api.ts';
import { SearchInput } from '../parts/search-input.tsx';
import { Select } from '../parts/select.tsx';
import { VendorFilter } from '../parts/vendor-filter.tsx';
import type { Filter } from './filter.ts';

const STATUSES: readonly (readonly [string, string])[] = [
  ['', 'Any status'],
  ['2xx', '2xx success'],
  ['3xx', '3xx redirect'],
  ['4xx', '4xx refused'],
  ['5xx', '5xx failed'],
  ['violations', 'With violations'],
  ['warnings', 'With warnings'],
  ['proxied', 'Proxied to the vendor'],
  ['drift', 'With drift'],
];

export function FilterBar({
  filter,
  onChange,
  entries,
  shown,
  paused,
  onPause,
  onClear,
}: {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
  readonly entries: readonly JournalEntry[];
  /** How many entries the filter leaves. */
  readonly shown: number;
  /** How many entries arrived since the list was paused; undefined if it is live. */
  readonly paused: number | undefined;
  readonly onPause: () => void;
  readonly onClear: () => void;
}) {
  const vendors = useMemo(
    () =>
      [...new Set(entries.map(({ vendor }) => vendor ?? 'none'))]
        .toSorted()
        .map((name) => [name, name === 'none' ? 'No vendor' : name] as const),
    [entries],
  );
  const operations = useMemo(
    () =>
      entries
        .filter(({ vendor }) => filter.vendor === '' || vendor === filter.vendor)
        .flatMap(({ operation }) => operation ?? []),
    [entries, filter.vendor],
  );
  const set = (change: Partial<Filter>) => onChange({ ...filter, ...change });
  return (
    <div className="toolbar" role="search" aria-label="Requests">
      <SearchInput
        label="Search requests"
        placeholder="Search path, operation, body"
        value={filter.text}
        onChange={(text) => set({ text })}
      />
      <VendorFilter
        vendors={vendors}
        operations={operations}
        vendor={filter.vendor}
        operation={filter.operation}
        onChange={set}
      />
      <Select
        label="Status"
        value={filter.status}
        options={STATUSES}
        onChange={(status) => set({ status })}
      />
      <div className="end">
        <span className="soft" role="status">
          {shown < entries.length
            ? `${shown} of ${entries.length}`
            : `${shown} ${shown === 1 ? 'request' : 'requests'}`}
        </span>
        <button
          className="button"
          type="button"
          aria-pressed={paused !== undefined}
          onClick={onPause}
        >
          {paused === undefined ? 'Pause' : `Paused, ${paused} new`}
        </button>
        <button className="button" type="button" disabled={entries.length === 0} onClick={onClear}>
          Clear…
        </button>
      </div>
    </div>
  );
}
