/** An exchange as the pipeline hands it to the journal. What the control API shows of it is a `JournalEntry`. */
import type { JournalEntry } from '../control-api/control-api.ts';
import type { RequestContent, Violation, Warning } from '../messages/message.ts';

/** Header values as Node has them; a list is a header that came several times. */
export type RecordedHeaders = Readonly<
  Record<string, string | number | readonly string[] | undefined>
>;

/** What the pipeline has at hand once a request is answered, secrets included. Nothing in it changes afterwards. */
export type RecordedExchange = {
  /** Unique in its sandbox; the `X-Mock-Request-Id` of the answer. */
  readonly id: string;
  /** The sandbox's time, in milliseconds since 1970. */
  readonly time: number;
  readonly sandbox: string;
  /** Undefined where no vendor was found. */
  readonly vendor: string | undefined;
  /** Undefined where no operation was found. */
  readonly operation: string | undefined;
  readonly kind: JournalEntry['kind'];
  readonly status: number;
  readonly durationMs: number;
  readonly warnings: readonly Warning[];
  readonly violations: readonly Violation[];
  /** Rows that shaped the answer. */
  readonly ledger: readonly string[];
  /** The id of the override that acted. */
  readonly override: string | undefined;
  readonly request: {
    readonly method: string;
    /** Path and query as sent. */
    readonly url: string;
    /** The path as sent, without the sandbox's prefix and the gateway's mount: what patterns see. */
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
