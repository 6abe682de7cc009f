/** One entry of the journal: as the pipeline hands it over, and as it is read. */
import type { Json } from '../messages/json.ts';
import type { Violation, Warning } from '../messages/message.ts';

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
  readonly kind: 'handled' | 'generated' | 'unmatched';
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
    /** Path and query as sent, with or without the sandbox's prefix. */
    readonly url: string;
    readonly headers: RecordedHeaders;
    readonly body: Buffer;
    /**
     * What the vendor read in a body that is no JSON (XML, a form), so that a verification can name its fields;
     * it then compares with this in place of the body. Never shown.
     */
    readonly decoded?: Json | undefined;
  };
  readonly response: {
    readonly status: number;
    readonly headers: RecordedHeaders;
    readonly body: string | Buffer;
  };
};

/**
 * A body as it is shown, secrets redacted; null: there was none.
 * - JSON is shown as the value it holds, what else can be read as text;
 * - a body longer than the journal keeps is `{ truncated: true, bytes, text }`: its whole length, and its start;
 * - bytes that are no text are `{ base64, bytes }`, with `truncated` where they were cut;
 * - a body in which secrets cannot be told from the rest (compressed, multipart, or no text but with a name in it
 *   that secrets have) is `{ redacted: true, bytes }`.
 */
export type ShownBody = unknown;

/** What the control API answers. Nothing secret is in it. */
export type Entry = {
  readonly id: string;
  /** The sandbox's time, ISO 8601 in UTC. */
  readonly time: string;
  readonly sandbox: string;
  readonly vendor: string | null;
  readonly operation: string | null;
  readonly kind: RecordedExchange['kind'];
  readonly status: number;
  /** With two decimals. */
  readonly durationMs: number;
  readonly warnings: readonly Warning[];
  readonly violations: readonly Violation[];
  readonly ledger: readonly string[];
  /** Not there: none acted. */
  readonly override?: string;
  readonly request: {
    readonly method: string;
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
