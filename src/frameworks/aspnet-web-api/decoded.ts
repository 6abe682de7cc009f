/** The result of each of the three body readers. */
import type { Json } from '../../messages/json.ts';
import type { Place, Violation, Warning } from '../../messages/message.ts';
import type { WebApiRow } from './rows.ts';

export type Path = Place['path'];

/** A place where the vendor's reader stopped. A failure that the vendor repeats is listed as often. */
export type ReadFailure = {
  readonly path: Path;
  readonly message: string;
  readonly row: WebApiRow;
};

export type Decoded = {
  /** Null if nothing was bound. An object uses the documented names, in the order of the request. */
  readonly body: Json;
  /** Maps each documented name to its spelling in the request. */
  readonly spelling: ReadonlyMap<string, string>;
  /** Empty if the whole body was read. Otherwise `body` holds the part before the fault. */
  readonly faults: readonly ReadFailure[];
  readonly tolerated: readonly Warning[];
  /** Ledger rows that explain what was tolerated. */
  readonly rows: ReadonlySet<WebApiRow>;
  /** For forms only: the lists that were sent as `name[0]=…`, and every value sent for a single-valued property. */
  readonly form?: {
    readonly indexed: ReadonlySet<string>;
    readonly attempted: ReadonlyMap<string, string>;
  };
};

/** The `keyword` of violations made from read failures. They are rendered in the order in which they occurred. */
export const UNREADABLE = 'unreadable';

export function failureToViolation({ path, message }: ReadFailure): Violation {
  return { in: 'body', path, keyword: UNREADABLE, message };
}

/** The result for a body that a reader refuses as a whole. */
export function unreadable(message: string, row: WebApiRow): Decoded {
  const faults = [{ path: [], message, row }];
  return { body: {}, spelling: new Map(), faults, tolerated: [], rows: new Set() };
}

/** Warnings past this number are counted, not listed: a body may hold 100,000 unknown names. */
const MAX_WARNINGS = 50;

/** Collects what a reader tolerates, each finding once. */
export function createTolerance() {
  const seen = new Set<string>();
  const rows = new Set<WebApiRow>();
  const list: Warning[] = [];
  let more = 0;
  return {
    rows,
    /** `row` is the ledger row that says why it is tolerated. */
    add(path: Path, keyword: string, message: string, row: WebApiRow): void {
      rows.add(row);
      const key = `${keyword} ${path.join('/')} ${message}`;
      if (seen.has(key)) return;
      if (list.length === MAX_WARNINGS) {
        more += 1;
        return;
      }
      seen.add(key);
      list.push({ in: 'body', path, keyword, message });
    },
    list(): readonly Warning[] {
      if (more === 0) return list;
      const message = `${more} more warnings of this kind are not listed.`;
      return [...list, { in: 'body', path: [], keyword: 'tolerance', message }];
    },
  };
}

export type Tolerance = ReturnType<typeof createTolerance>;

/** Shortens a text that a message quotes. */
export function shorten(text: string, length = 80): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
