/**
 * One request on its way, with everything known so far. A value: each step returns the next one, with more known.
 * Whatever ends it (an answer, a refusal, a fault, a sandbox that started over) is told from the same facts.
 */
import type { Context, Problem, Reading } from '../frameworks/framework.ts';
import type { Json } from '../messages/json.ts';
import type { Encoded, HttpRequest, RequestContent } from '../messages/message.ts';
import type { SpecOperation } from '../openapi/load-spec.ts';
import type { Route } from '../openapi/operation.ts';
import type { Meter, Notes } from '../sandboxes/context.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { RawRequest } from './read-request.ts';

/** A request that was read off the socket. */
export type Arrived = {
  readonly raw: RawRequest;
  /** What `X-Mock-Request-Id` says. */
  readonly requestId: string;
  /** The sandbox's time, in milliseconds since 1970; real time until there is a sandbox. */
  readonly now: number;
  readonly notes: Notes;
  /** Calls back once the client is gone. */
  readonly onGone: (listener: () => void) => void;
};

/** Its sandbox is known. */
export type Placed = Arrived & {
  readonly sandbox: Sandbox;
  /** The request without the sandbox's prefix. */
  readonly local: RawRequest;
  /** That prefix: `/_sandbox/mine`, or empty. */
  readonly base: string;
};

/** Its vendor is known, and with it what can be said from the headers alone. */
export type Routed = Placed & {
  readonly vendor: Vendor;
  readonly http: HttpRequest;
  /** Undefined where no path of the vendor's spec matches. */
  readonly route: Route | undefined;
  readonly spec: SpecOperation | undefined;
  readonly meter: Meter;
  readonly context: Context<unknown>;
  readonly reading: Reading;
};

/** Everything that is known of a request, whichever step it came to. */
export type Known = Arrived & Partial<Omit<Routed, keyof Arrived>>;

/** What is sent. */
export type Outcome = {
  /** 0: nothing is sent. */
  readonly status: number;
  /** The value before it is encoded. */
  readonly body: Json | undefined;
  readonly encoded: Encoded;
  readonly kind: 'handled' | 'generated' | 'unmatched';
  /** Why the request was refused, if it was: for the log. */
  readonly refusal?: Pick<Problem, 'problem' | 'detail'>;
  /** The id of the override that acted. */
  readonly override?: string;
  /** What goes wrong on the wire: the connection is reset in place of the answer, or ends halfway through it. */
  readonly fault?: 'reset' | 'truncate';
};

export type Ended = Known & { readonly outcome: Outcome };

/** What overrides, journal, headers, log and metrics say of a request. */
export type Facts = {
  readonly vendor: string | undefined;
  readonly operation: string | undefined;
  readonly method: string;
  /** As sent, without the sandbox's prefix and the gateway's mount. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As the operation documents it, or only decoded where a refusal came first; undefined where it was not read. */
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

/** A vendor's own answer to a method that the path does not offer (OPTIONS) is of no operation: no spec speaks of it. */
export function isWithinSpec({ raw, route }: Known): boolean {
  const asked = raw.method === 'HEAD' ? 'GET' : raw.method;
  return route?.methods.includes(asked) ?? false;
}
