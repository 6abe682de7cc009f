/**
 * A request in progress, with everything known so far. It is a value: each step returns a new one that knows more.
 * However it ends (answer, refusal, fault, restarted sandbox), it is reported from the same facts.
 */
import type { Context, Problem, Reading } from '../frameworks/framework.ts';
import type { Json } from '../messages/json.ts';
import type { Encoded, HttpRequest, RequestContent } from '../messages/message.ts';
import type { SpecOperation } from '../openapi/spec.ts';
import type { Route } from '../openapi/operation.ts';
import type { Meter, Notes } from '../sandboxes/context.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { RawRequest } from './read-request.ts';

/** A request that was read from the socket. */
export type Arrived = {
  readonly raw: RawRequest;
  /** The value of `X-Mock-Request-Id`. */
  readonly requestId: string;
  /** The sandbox's time, in milliseconds since 1970; real time until the sandbox is known. */
  readonly now: number;
  readonly notes: Notes;
  /** Registers a listener that is called if the client disconnects. */
  readonly onGone: (listener: () => void) => void;
};

/** A request whose sandbox is known. */
export type Placed = Arrived & {
  readonly sandbox: Sandbox;
  /** The request without the sandbox's prefix. */
  readonly local: RawRequest;
  /** The sandbox's prefix, such as `/_sandbox/mine`; empty if there is none. */
  readonly base: string;
};

/** A request whose vendor is known, with everything that follows from its headers. */
export type Routed = Placed & {
  readonly vendor: Vendor;
  readonly http: HttpRequest;
  /** Undefined if no path of the vendor's spec matches. */
  readonly route: Route | undefined;
  readonly spec: SpecOperation | undefined;
  readonly meter: Meter;
  readonly context: Context<unknown>;
  readonly reading: Reading;
};

/** Everything that is known of a request at any step. */
export type Known = Arrived & Partial<Omit<Routed, keyof Arrived>>;

/** The answer as it will be sent. */
export type Outcome = {
  /** 0 if nothing is sent. */
  readonly status: number;
  /** The value before it is encoded. */
  readonly body: Json | undefined;
  readonly encoded: Encoded;
  readonly kind: 'handled' | 'generated' | 'proxied' | 'unmatched';
  /** Why the request was refused, if it was: for the log. */
  readonly refusal?: Pick<Problem, 'problem'>;
  /** The id of the override that acted. */
  readonly override?: string;
  /** No request of an app: the journal leaves it out. */
  readonly isUnrecorded?: true;
  /** A fault on the wire: the connection is reset instead of an answer, or ends halfway through it. */
  readonly fault?: 'reset' | 'truncate';
};

export type Ended = Known & { readonly outcome: Outcome };

/** The facts about a request that overrides, journal, headers, log and metrics use. */
export type Facts = {
  readonly vendor: string | undefined;
  readonly operation: string | undefined;
  readonly method: string;
  /** As sent, without the sandbox's prefix and the gateway's mount. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Query and body in the documented types; only decoded if the request was refused first; undefined if not read. */
  readonly content: RequestContent | undefined;
};

export function factsOf({ raw, local, http, vendor, spec, reading }: Known): Facts {
  return {
    vendor: vendor?.name,
    operation: spec?.operation.id,
    method: raw.method,
    path: (http ?? local ?? raw).path,
    headers: raw.headers,
    content: reading?.content ?? reading?.sent,
  };
}

/** False if the path does not document the method: the vendor's answer (as to OPTIONS) then belongs to no operation. */
export function isWithinSpec({ raw, route }: Known): boolean {
  const asked = raw.method === 'HEAD' ? 'GET' : raw.method;
  return route?.methods.includes(asked) ?? false;
}
