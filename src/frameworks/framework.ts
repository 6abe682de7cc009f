/** The contract between the pipeline and the framework that a vendor's API is built on. */
import type { Json } from '../messages/json.ts';
import type { HttpRequest, Violation, Warning } from '../messages/message.ts';
import type { Route } from '../openapi/operation.ts';

/** Who asks. */
export type Identity = {
  /** For history records: the credential's token, or `anonymous`. */
  readonly name: string;
  readonly role: string;
  /** What the identity is confined to (ibl: a platform's key); undefined: nothing. */
  readonly scope: string | undefined;
};

/** A request that its vendor would read: known who, and decoded. */
export type Received = {
  readonly identity: Identity;
  /** Decoded, not yet coerced. Undefined when the operation takes none. */
  readonly body: Json | undefined;
  /** Decoded; a name that came several times holds a list. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
};

/** A request whose body and query are as the spec documents them. */
export type CheckedRequest = Received & { readonly http: HttpRequest; readonly route: Route };

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

/** What a vendor may know while it answers one request. */
export type Context<Config> = {
  /** The sandbox's time, in milliseconds since 1970. */
  readonly now: number;
  readonly profile: 'wire' | 'strict';
  /** The vendor's part of the scenario that is no record: credentials, rules. */
  readonly config: Config;
  /** The current choice of a switchable ledger row; the answer's `X-Mock-Ledger` then names the row. */
  choose(row: string): string;
  /** Says that a row which has no choices shaped this answer. */
  note(row: string): void;
  /** Says what was tolerated. */
  warn(warning: Warning): void;
  /** Counts `uses` more (one when left out, 0 only looks) of `key` in the current window of the sandbox's clock; forgotten at a restart. */
  meter(
    key: string,
    windowMs: number,
    uses?: number,
  ): { readonly used: number; readonly resetsAt: number };
};
