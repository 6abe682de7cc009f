/** One request on its way, and what is to be sent for it. */
import {
  createContext,
  createNotes,
  nowIn,
  type Notes,
  type Sandbox,
} from '../sandboxes/sandbox.ts';
import type { SpecOperation } from '../openapi/load-spec.ts';
import type { Context } from '../frameworks/framework.ts';
import type { Json } from '../messages/json.ts';
import type { Encoded, HttpRequest, Reply } from '../messages/message.ts';
import type { Route } from '../openapi/operation.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { Address } from './find-route.ts';

export type Exchange = {
  readonly sandbox: Sandbox;
  readonly vendor: Vendor;
  readonly http: HttpRequest;
  /** Undefined where no path of the vendor's spec matches. */
  readonly route: Route | undefined;
  readonly spec: SpecOperation | undefined;
  readonly notes: Notes;
  readonly context: Context<unknown>;
};

/** What is sent, and what is said of it in `X-Mock-…` headers and the log. */
export type Outcome = {
  readonly status: number;
  /** The value before it is encoded. */
  readonly body: Json | undefined;
  readonly encoded: Encoded;
  readonly notes: Notes;
  readonly kind: 'handled' | 'generated' | 'unmatched';
  /** The id of the override that acted. */
  readonly override?: string;
  /** What goes wrong on the wire: the connection is reset in place of the answer, or ends halfway through it. */
  readonly fault?: 'reset' | 'truncate';
};

/** What is known of a request so far, for whoever has to answer when a step fails. */
export type Tracked = {
  sandbox: string;
  requestId: string;
  now: number;
  /** Calls back once the client is gone. */
  readonly onGone: (listener: () => void) => void;
  /** The sandbox that answers; undefined until it is found. */
  home?: Sandbox;
  exchange?: Exchange;
  /** The body as the vendor read it. */
  decoded?: Json | undefined;
};

export function openExchange(address: Address, sandbox: Sandbox, wallMs: number): Exchange {
  const { served, http, found } = address;
  const notes = createNotes();
  return {
    sandbox,
    vendor: served.vendor,
    http,
    route: found?.route,
    spec: found?.spec,
    notes,
    context: createContext(sandbox, served.vendor, notes, nowIn(sandbox, wallMs)),
  };
}

export function isReply(value: object): value is Reply {
  return 'status' in value && !('problem' in value);
}
