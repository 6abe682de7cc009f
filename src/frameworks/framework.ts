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
import type { SpecOperation } from '../openapi/load-spec.ts';
import type { Route } from '../openapi/operation.ts';
import type { Awaitable } from '../shared/awaitable.ts';
import type { Window } from '../shared/shared.ts';

/** Who asks. */
export type Identity = {
  /** For history records: the credential's token, or `anonymous`. */
  readonly name: string;
  readonly role: string;
  /** What the identity is confined to (ibl: a platform's key); undefined: nothing. */
  readonly scope: string | undefined;
};

/** What is known of a request so far. Frameworks add fields of their own, such as the negotiated media type. */
export type Reading = {
  readonly http: HttpRequest;
  /** Undefined where no path of the spec matches. */
  readonly route: Route | undefined;
  /** Undefined until good credentials were read. */
  readonly identity: Identity | undefined;
  /** Query and body as sent, decoded; undefined until both were read. */
  readonly sent: RequestContent | undefined;
  /** As the operation documents them: decoded and coerced. Undefined until they were coerced. */
  readonly content: RequestContent | undefined;
};

/** What `read` gives: at most one of `problem` and `reply` is there, and ends the request. */
export type ReadResult<R extends Reading = Reading> = {
  readonly reading: R;
  readonly problem?: Problem;
  /** An answer of the framework's own that no handler gives (OPTIONS, a redirect). */
  readonly reply?: Reply;
};

/** A request whose body and query are as the spec documents them. */
export type CheckedRequest = RequestContent & {
  readonly http: HttpRequest;
  readonly route: Route;
  readonly identity: Identity;
};

/** A refusal, as a value. `detail` is the vendor's own sentence where it has several for one kind. */
export type Problem = { readonly detail?: string } & (
  | { readonly problem: 'unknown-path' }
  | { readonly problem: 'wrong-method'; readonly methods: readonly string[] }
  | { readonly problem: 'unauthenticated' }
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
 * What framework and vendor may know while they answer one request. Rows of the ledger are named in full
 * (`IBL-CHARSET`) or, by a framework, without its vendor's prefix (`CHARSET`).
 */
export type Context<Config> = {
  /** The sandbox's time, in milliseconds since 1970. */
  readonly now: number;
  readonly profile: 'wire' | 'strict';
  /** The vendor's part of the scenario that is not records: credentials, rules. */
  readonly config: Config;
  /** The current choice of a switchable ledger row; the answer's `X-Mock-Ledger` then names the row. */
  choose(row: string): string;
  /** Says that a row which has no choices shaped this answer. */
  note(row: string): void;
  /** Says what was tolerated. */
  warn(warning: Warning): void;
  /** Counts one more use of `key` in the current window of the sandbox's clock; forgotten at a restart. */
  meter(key: string, windowMs: number): Awaitable<Window>;
};

/**
 * A framework with a vendor's facts. Members are methods so that a framework with a reading and a config of its own
 * is a `Framework`: the pipeline hands each framework its own values back.
 */
export type Framework<Config = unknown, R extends Reading = Reading> = {
  /** Whether it holds requests and answers against the spec by itself. Where it does not, the pipeline does. */
  readonly judgesItself: boolean;
  /** Every ledger row that it names, without the vendor's prefix. The ledger must have them all. */
  readonly rows: readonly string[];
  /** What can be said before anything is read, such as the media type of the answer. Refuses nothing. */
  open(http: HttpRequest, route: Route | undefined): R;
  /** Reads the request in the framework's order of path, method, credentials, media types and body. */
  read(opened: R, context: Context<Config>): Awaitable<ReadResult<R>>;
  /** Turns what the framework is known to accept into the documented types, one warning each; refuses nothing. */
  coerce(sent: RequestContent, reading: R, context: Context<Config>): RequestContent;
  /** Words a refusal as the vendor does. */
  render(problem: Problem, reading: R, context: Context<Config>): Reply;
  /** Answers an operation that has no handler, and what `Prefer` asks for. The same seed gives the same answer. */
  generate(spec: SpecOperation, reading: R, preference: Preference, seed: string): Promise<Reply>;
  /** Writes a reply in the media type that the framework would choose for this request. */
  encode(reply: Reply, reading: R): Encoded;
  /** The value of an answer's body that is not JSON; undefined where the text cannot be read. */
  readReply(mediaType: string, text: string): Json | undefined;
};
