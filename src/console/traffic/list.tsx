/** The requests as a grid of rows: only those in sight are drawn. Arrow keys move, Enter opens. */
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { JournalEntry } from '../../control-api/control-api.ts';
import { classOfStatus } from './words.ts';

const ROW_PX = 30;

export function List({
  entries,
  selected,
  onOpen,
}: {
  readonly entries: readonly JournalEntry[];
  readonly selected: string | undefined;
  readonly onOpen: (id: string) => void;
}) {
  const scroll = useRef<HTMLDivElement>(null);
  // Where the arrow keys are; the opened entry until they are used.
  const [cursor, setCursor] = useState<string>();
  const active = cursor ?? selected;
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 12,
  });
  useKeepPlace(scroll, entries);

  const move = (event: KeyboardEvent): void => {
    const at = entries.findIndex(({ id }) => id === active);
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / ROW_PX) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: entries.length - 1,
    };
    if (event.key === 'Enter' && active !== undefined) onOpen(active);
    const wanted = steps[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const index = Math.min(Math.max(wanted, 0), entries.length - 1);
    setCursor(entries[index]?.id);
    rows.scrollToIndex(index);
  };

  return (
    <div
      className="list"
      role="grid"
      aria-label="Requests, newest first"
      aria-rowcount={entries.length + 1}
      aria-activedescendant={active === undefined ? undefined : `row-${active}`}
      tabIndex={0}
      onKeyDown={move}
    >
      <div className="list-head" role="row" aria-rowindex={1}>
        <span role="columnheader">Time</span>
        <span role="columnheader">Method</span>
        <span role="columnheader">Operation</span>
        <span role="columnheader">Status</span>
        <span role="columnheader" className="ms">
          ms
        </span>
        <span role="columnheader">Notes</span>
      </div>
      <div className="list-scroll" ref={scroll} role="rowgroup">
        <div role="presentation" style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const entry = entries[index];
            if (!entry) return undefined;
            return (
              <Row
                key={entry.id}
                entry={entry}
                index={index}
                top={start}
                isOpen={entry.id === selected}
                isActive={entry.id === active}
                onOpen={() => {
                  setCursor(entry.id);
                  onOpen(entry.id);
                }}
              />
            );
          })}
        </div>
      </div>
      {entries.length === 0 && <p className="empty soft">No request matches the filter.</p>}
    </div>
  );
}

function Row({
  entry,
  index,
  top,
  isOpen,
  isActive,
  onOpen,
}: {
  readonly entry: JournalEntry;
  readonly index: number;
  readonly top: number;
  readonly isOpen: boolean;
  readonly isActive: boolean;
  readonly onOpen: () => void;
}) {
  const { id, time, request, operation, status, durationMs, warnings, override, kind, drift } =
    entry;
  return (
    <div
      id={`row-${id}`}
      className={`list-row${isActive || isOpen ? ' selected' : ''}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onOpen}
    >
      <span role="gridcell" className="time">
        {clockTime(time)}
      </span>
      <span role="gridcell" className="mono">
        {request.method}
      </span>
      <span role="gridcell" className="what" title={request.url}>
        {operation ?? request.url}
      </span>
      <span role="gridcell" className={`status ${classOfStatus(status)}`}>
        {status === 0 ? '—' : status}
      </span>
      <span role="gridcell" className="ms">
        {durationMs < 10 ? durationMs.toFixed(1) : Math.round(durationMs)}
      </span>
      <span role="gridcell" className="flags">
        {kind === 'proxied' && <span className="badge accent live-mark">proxied</span>}
        {drift && drift.length > 0 && <span className="badge warn live-mark">drift</span>}
        {warnings.length > 0 && (
          <span className="badge warn">
            {warnings.length} {warnings.length === 1 ? 'warning' : 'warnings'}
          </span>
        )}
        {override !== undefined && <span className="badge accent">override</span>}
      </span>
    </div>
  );
}

function clockTime(time: string): string {
  return new Date(time).toLocaleTimeString(undefined, { hour12: false });
}

/** New rows on top must not move what somebody reads further down. */
function useKeepPlace(
  scroll: React.RefObject<HTMLDivElement | null>,
  entries: readonly JournalEntry[],
): void {
  const first = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const element = scroll.current;
    const added = entries.findIndex(({ id }) => id === first.current);
    first.current = entries[0]?.id;
    if (element && added > 0 && element.scrollTop > 0) element.scrollTop += added * ROW_PX;
  }, [scroll, entries]);
}
