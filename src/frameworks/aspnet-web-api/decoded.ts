/** What the three readers of bodies give. */
import type { Json } from '../../messages/json.ts';
import type { Place, Violation, Warning } from '../../messages/message.ts';
import type { WebApiRow } from './rows.ts';

export type Path = Place['path'];

/** Where the vendor's reader gave up; one that it reports several times is there several times. */
export type ReadFailure = {
  readonly path: Path;
  readonly message: string;
  readonly row: WebApiRow;
};

export type Decoded = {
  /** Null: nothing was bound. An object has the documented names, in the order of the request. */
  readonly body: Json;
  /** Documented name to how the request spells it. */
  readonly spelling: ReadonlyMap<string, string>;
  /** Empty: all was read. Else `body` holds what was read before. */
  readonly faults: readonly ReadFailure[];
  readonly tolerated: readonly Warning[];
  /** The ledger's rows behind what was tolerated. */
  readonly rows: ReadonlySet<WebApiRow>;
  /** Forms alone: lists that were sent as `name[0]=…`, and for a single value all that were sent. */
  readonly form?: {
    readonly indexed: ReadonlySet<string>;
    readonly attempted: ReadonlyMap<string, string>;
  };
};

/** The keyword of a fault as a violation: such are rendered in the order they have. */
export const UNREADABLE = 'unreadable';

export function failureToViolation({ path, message }: ReadFailure): Violation {
  return { in: 'body', path, keyword: UNREADABLE, message };
}

/** A body that a reader refuses as a whole. */
export function unreadable(message: string, row: WebApiRow): Decoded {
  const faults = [{ path: [], message, row }];
  return { body: {}, spelling: new Map(), faults, tolerated: [], rows: new Set() };
}

/** Warnings past this number are counted, not listed: a body may hold 100,000 unknown names. */
const MAX_WARNINGS = 50;

/** Collects what a reader lets pass, each once. */
export function createTolerance() {
  const seen = new Set<string>();
  const rows = new Set<WebApiRow>();
  const list: Warning[] = [];
  let more = 0;
  return {
    rows,
    /** `row`: why it is tolerated. */
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

/** A name for a message: long ones are cut. */
export function shorten(text: string, length = 80): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
