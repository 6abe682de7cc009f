/** One entry of the journal: as the pipeline hands it over, and as it is read. */
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

/**
 * A body as it is shown, secrets redacted, by its form; null: there was none. `bytes` is the length of the whole body
 * as sent.
 * - `json`: the value;
 * - `text`: what can be read as text, a form included; with `truncated` it is the start of a body that is longer
 *   than the journal keeps;
 * - `base64`: bytes that are not text;
 * - `redacted`: a body in which secrets cannot be told from the rest (compressed, multipart, or not text but with a
 *   name in it that secrets have).
 */
export type ShownBody =
  | null
  | { readonly json: unknown; readonly bytes: number }
  | { readonly text: string; readonly bytes: number; readonly truncated?: true }
  | { readonly base64: string; readonly bytes: number; readonly truncated?: true }
  | { readonly redacted: true; readonly bytes: number };

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
