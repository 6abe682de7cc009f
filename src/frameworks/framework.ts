/**
 * The contract between the pipeline and the framework that a vendor's API is built on. A framework decides the order
 * of checks, decoding, coercion, wording and encoding. It reads a request once: `open` and `read` look at its bytes,
 * and everything after works on the `Reading`.
 */
import type { Json } from '../messages/json.ts';
import type {
  Encoded,
  HttpRequest,
  Reply,
  RequestContent,
  Violation,
  Warning,
} from '../messages/message.ts';
import type { Preference } from '../messages/prefer.ts';
import type { SpecOperation } from '../openapi/spec.ts';
import type { Route } from '../openapi/operation.ts';
import type { Awaitable } from '../shared/awaitable.ts';
import type { Window } from '../shared/shared.ts';

/** The caller. */
export type Identity = {
  /** For history records: the credential's token, or `anonymous`. */
  readonly name: string;
  readonly role: string;
  /** The part of the data that the caller may use (ibl: a platform's key); undefined for all of it. */
  readonly scope: string | undefined;
};

/** What has been read of a request so far. Frameworks add fields, such as the negotiated media type. */
export type Reading = {
  readonly http: HttpRequest;
  /** Undefined if no path of the spec matches. */
  readonly route: Route | undefined;
  /** Undefined until valid credentials are read. */
  readonly identity: Identity | undefined;
  /** Decoded query and body, with the values as sent; undefined until both are read. */
  readonly sent: RequestContent | undefined;
  /** Query and body in the documented types; undefined until they are coerced. */
  readonly content: RequestContent | undefined;
};

/** The result of `read`. A `problem` or a `reply` ends the request; at most one of them is set. */
export type ReadResult<R extends Reading = Reading> = {
  readonly reading: R;
  readonly problem?: Problem;
  /** An answer that comes from the framework and not from a handler, such as OPTIONS or a redirect. */
  readonly reply?: Reply;
};

/** A request whose body and query satisfy the spec. */
export type CheckedRequest = RequestContent & {
  readonly http: HttpRequest;
  readonly route: Route;
  readonly identity: Identity;
};

/** A refusal, as a value. `detail` is the vendor's sentence if it has several for one kind of problem. */
export type Problem = { readonly detail?: string } & (
  | { readonly problem: 'unknown-path' }
  | { readonly problem: 'wrong-method'; readonly methods: readonly string[] }
  /** `why`: for log and journal, if the vendor's words do not say it; names no value. */
  | { readonly problem: 'unauthenticated'; readonly why?: string }
  | { readonly problem: 'forbidden' }
  | { readonly problem: 'unsupported-media-type'; readonly mediaType: string | undefined }
  | { readonly problem: 'not-acceptable' }
  | { readonly problem: 'unparsable' }
  | { readonly problem: 'too-large'; readonly limitBytes: number }
  | { readonly problem: 'invalid'; readonly violations: readonly Violation[] }
  | { readonly problem: 'not-found' }
  | { readonly problem: 'conflict'; readonly violations: readonly Violation[] }
  | { readonly problem: 'rate-limited'; readonly retryAfterSeconds: number }
  | { readonly problem: 'server-error' }
  | { readonly problem: 'unavailable' }
);

export function isProblem(value: object | undefined): value is Problem {
  return value !== undefined && 'problem' in value;
}

/**
 * What a framework and a vendor can use while they answer one request. They name ledger rows in full
 * (`IBL-CHARSET`); a framework can also omit the vendor's prefix (`CHARSET`).
 */
export type Context<Config> = {
  /** The sandbox's current time, in milliseconds since 1970. */
  readonly now: number;
  readonly profile: 'wire' | 'strict';
  /** Whether every well-formed token is accepted (`--accept-any-token`). Default: no. */
  readonly acceptsAnyToken?: boolean;
  /** The vendor's settings from the scenario, such as credentials and rules. */
  readonly config: Config;
  /** Returns the current choice of a switchable ledger row, and names the row in the answer's `X-Mock-Ledger`. */
  choose(row: string): string;
  /** Names a ledger row without choices in the answer's `X-Mock-Ledger`. */
  note(row: string): void;
  /** Reports something that was tolerated. */
  warn(warning: Warning): void;
  /** Counts one use of `key` in the current window of the sandbox's clock. A restart resets the count. */
  meter(key: string, windowMs: number): Awaitable<Window>;
};

/**
 * A framework with a vendor's facts. Members are methods so that a framework with its own reading and config
 * is assignable to `Framework`: the pipeline passes each framework only its own values.
 */
export type Framework<Config = unknown, R extends Reading = Reading> = {
  /** True if the framework checks requests and answers against the spec itself. If false, the pipeline does. */
  readonly judgesItself: boolean;
  /** Every ledger row that the framework refers to, without the vendor's prefix. The ledger must contain them all. */
  readonly rows: readonly string[];
  /** Returns what is known before the request is read, such as the answer's media type. Refuses nothing. */
  open(http: HttpRequest, route: Route | undefined): R;
  /** Reads the request in the framework's order of path, method, credentials, media types and body. */
  read(opened: R, context: Context<Config>): Awaitable<ReadResult<R>>;
  /** Converts the values that the framework accepts to the documented types, with one warning each. Refuses nothing. */
  coerce(sent: RequestContent, reading: R, context: Context<Config>): RequestContent;
  /** Renders a refusal as the vendor does. */
  render(problem: Problem, reading: R, context: Context<Config>): Reply;
  /** Answers an operation without a handler, or as `Prefer` asks. The same seed gives the same answer. */
  generate(spec: SpecOperation, reading: R, preference: Preference, seed: string): Promise<Reply>;
  /** Writes a reply in the media type that the framework would choose for this request. */
  encode(reply: Reply, reading: R): Encoded;
  /** Parses an answer's body that is not JSON. Returns undefined if the text cannot be read. */
  readReply(mediaType: string, text: string): Json | undefined;
};
