/** Search, filters, pause and clear. */
import { useMemo } from 'react';
import type { JournalEntry } from '../../control-api/control-api.ts';
import type { Filter } from './filter.ts';

const STATUSES = [
  ['', 'Any status'],
  ['2xx', '2xx success'],
  ['3xx', '3xx redirect'],
  ['4xx', '4xx refused'],
  ['5xx', '5xx failed'],
  ['violations', 'With violations'],
  ['warnings', 'With warnings'],
] as const;

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
  const vendors = useMemo(() => uniq(entries.map(({ vendor }) => vendor ?? 'none')), [entries]);
  const operations = useMemo(
    () =>
      uniq(
        entries
          .filter(({ vendor }) => filter.vendor === '' || vendor === filter.vendor)
          .flatMap(({ operation }) => operation ?? []),
      ),
    [entries, filter.vendor],
  );
  const set = (change: Partial<Filter>) => onChange({ ...filter, ...change });
  return (
    <div className="toolbar" role="search" aria-label="Requests">
      <input
        className="input"
        type="search"
        aria-label="Search requests"
        placeholder="Search path, operation, body"
        value={filter.text}
        onChange={(event) => set({ text: event.target.value })}
      />
      <select
        className="select"
        aria-label="Vendor"
        value={filter.vendor}
        onChange={(event) => set({ vendor: event.target.value, operation: '' })}
      >
        <option value="">All vendors</option>
        {vendors.map((name) => (
          <option key={name} value={name}>
            {name === 'none' ? 'No vendor' : name}
          </option>
        ))}
      </select>
      <select
        className="select"
        aria-label="Operation"
        value={filter.operation}
        onChange={(event) => set({ operation: event.target.value })}
      >
        <option value="">All operations</option>
        {operations.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <select
        className="select"
        aria-label="Status"
        value={filter.status}
        onChange={(event) => set({ status: event.target.value })}
      >
        {STATUSES.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
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

function uniq(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted();
}
