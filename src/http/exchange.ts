/** One request on its way, and what is to be sent for it. */
import {
  createContext,
  createNotes,
  nowIn,
  type Notes,
  type Sandbox,
} from '../sandboxes/sandbox.ts';
import type { SpecOperation } from '../openapi/load-spec.ts';
import type { Context, Encoded, HttpRequest, Reply, Route, Vendor } from '../vendors/vendor.ts';
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
  readonly encoded: Encoded;
  readonly notes: Notes;
  readonly kind: 'handled' | 'generated' | 'unmatched';
};

/** What is known of a request so far, for whoever has to answer when a step fails. */
export type Tracked = {
  sandbox: string;
  requestId: string;
  now: number;
  exchange?: Exchange;
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
