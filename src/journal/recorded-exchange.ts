/** An exchange as the pipeline passes it to the journal. The control API shows it as a `JournalEntry`. */
import type { Drift, JournalEntry, LiveResult } from '../control-api/control-api.ts';
import type { RequestContent, Violation, Warning } from '../messages/message.ts';

/** Header values as in Node. A list is a repeated header. */
export type RecordedHeaders = Readonly<
  Record<string, string | number | readonly string[] | undefined>
>;

/** What became of asking the live vendor as well. */
export type Shadowed = {
  /** Undefined: it was not asked. */
  readonly live?: LiveResult | undefined;
  /** Undefined: the answers were not compared. */
  readonly drift?: readonly Drift[] | undefined;
};

/** Everything that the pipeline knows after a request is answered, including secrets. Immutable. */
export type RecordedExchange = Shadowed & {
  /** Unique in its sandbox. Equal to `X-Mock-Request-Id` of the answer. */
  readonly id: string;
  /** The sandbox's time, in milliseconds since 1970. */
  readonly time: number;
  readonly sandbox: string;
  /** Undefined: no vendor serves the path. */
  readonly vendor: string | undefined;
  /** Undefined: no operation matches. */
  readonly operation: string | undefined;
  readonly kind: JournalEntry['kind'];
  readonly status: number;
  readonly durationMs: number;
  readonly warnings: readonly Warning[];
  readonly violations: readonly Violation[];
  /** Ledger rows that influenced the answer. */
  readonly ledger: readonly string[];
  /** The id of the override that acted. */
  readonly override: string | undefined;
  readonly request: {
    readonly method: string;
    /** Path and query as sent. */
    readonly url: string;
    /** The path that patterns compare: as sent, without the sandbox prefix and the gateway mount. */
    readonly path: string;
    readonly headers: RecordedHeaders;
    readonly body: Buffer;
    /**
     * Query and body as the operation documents them, or only decoded where a refusal came first; undefined where
     * they were not read. Patterns compare with it; it is never shown.
     */
    readonly content: RequestContent | undefined;
  };
  readonly response: {
    readonly status: number;
    readonly headers: RecordedHeaders;
    readonly body: string | Buffer;
  };
};
