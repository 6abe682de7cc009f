/** The journal, as the control API takes and gives it (specs/control.yaml). */
import type { RequestPattern } from './override-documents.ts';

/** Which entries are asked for: each part that is there must hold. */
export type JournalFilter = {
  readonly vendor?: string;
  readonly operation?: string;
  readonly status?: number;
  /** In any case; in the operation, the URL or a body. */
  readonly text?: string;
  /** How many entries at most: 1 to 1000. */
  readonly limit?: number;
  /** An entry's id: only entries older than it. */
  readonly before?: string;
};

/** What was tolerated, or broken, and where. */
export type Finding = {
  readonly in: 'body' | 'query' | 'header' | 'path';
  /** Names and indexes from the root. */
  readonly path: readonly (string | number)[];
  /** JSON Schema's keyword: `required`, `type`, `format`. */
  readonly keyword: string;
  readonly message: string;
};

/**
 * A body by its form; null: there was none. `bytes` is the length of the whole body as sent; `truncated`: only its
 * start was kept.
 */
type ShownBody =
  | null
  | { readonly json: unknown; readonly bytes: number }
  | { readonly text: string; readonly bytes: number; readonly truncated?: true }
  | { readonly base64: string; readonly bytes: number; readonly truncated?: true }
  /** Secrets in it cannot be told from the rest. */
  | { readonly redacted: true; readonly bytes: number };

/** A request and its answer. Secrets are redacted. */
export type JournalEntry = {
  /** The answer's `X-Mock-Request-Id`. */
  readonly id: string;
  /** The sandbox's time, ISO 8601 in UTC. */
  readonly time: string;
  readonly sandbox: string;
  /** Null: no vendor serves the path. */
  readonly vendor: string | null;
  /** Null: there is no such operation. */
  readonly operation: string | null;
  readonly kind: 'handled' | 'generated' | 'unmatched';
  readonly status: number;
  readonly durationMs: number;
  /** What the vendor's stack tolerates though its docs do not. */
  readonly warnings: readonly Finding[];
  /** What the request broke. */
  readonly violations: readonly Finding[];
  /** The ledger's rows that shaped the answer. */
  readonly ledger: readonly string[];
  /** The id of the override that acted; not there: none did. */
  readonly override?: string;
  readonly request: {
    readonly method: string;
    /** Path and query as sent. */
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: ShownBody;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: ShownBody;
  };
};

export type JournalPage = {
  /** Newest first. */
  readonly entries: readonly JournalEntry[];
  /** On all pages together. */
  readonly total: number;
  /** The `before` of the next page; null: this is the last. */
  readonly next: string | null;
};

/** Without any bound: at least once. `times` and `never` stand alone; `atLeast` and `atMost` may go together. */
export type Expectation = {
  readonly match: RequestPattern & {
    readonly vendor?: string;
    readonly operation?: string;
    /** Of the answer. */
    readonly status?: number;
    /** How many warnings it got; 0 insists on exact types. */
    readonly warnings?: number;
  };
  readonly times?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly never?: true;
};

/** A request that came near to what was expected, and what differs in it. */
export type Nearest = {
  readonly entry: {
    readonly id: string;
    readonly time: string;
    readonly method: string;
    readonly url: string;
    readonly operation: string | null;
    readonly status: number;
  };
  /** `at`: `body.external_id`, `operation`. `actual` is not there where nothing was. */
  readonly differences: readonly {
    readonly at: string;
    readonly expected?: unknown;
    readonly actual?: unknown;
  }[];
};
