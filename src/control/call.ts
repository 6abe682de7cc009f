/** Input and output of control API handlers. */
import type { Journal } from '../journal/journal.ts';
import type { Calibration } from '../ledger/calibration.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Live } from '../live/live.ts';
import type { Spec } from '../openapi/spec.ts';
import type { NotServed } from '../openapi/load-specs.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Sandboxes } from '../sandboxes/sandboxes.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { Shared } from '../shared/shared.ts';
import type { ScenarioLoader } from '../scenarios/load-scenario.ts';
import type { Store } from '../store/store.ts';
import type { Json } from '../messages/json.ts';
import type { Cors } from '../messages/cors.ts';
import type { Reply } from '../messages/message.ts';
import type { PublicAddress } from '../messages/public-address.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { CallLog } from './call-log.ts';

export type ControlParts = {
  /** The spec of the control API, specs/control.yaml. */
  readonly spec: Spec;
  readonly served: readonly { readonly vendor: Vendor; readonly spec: Spec }[];
  readonly notServed: readonly NotServed[];
  readonly sandboxes: Sandboxes;
  readonly store: Store;
  readonly shared: Shared;
  /** With the evidence of the calibrations. */
  readonly ledger: Ledger;
  readonly live: Live;
  readonly calibrations: readonly Calibration[];
  readonly scenarios: ScenarioLoader;
  /** Scenario of new sandboxes: a name or a file. */
  readonly scenario: string;
  readonly journal: Journal;
  readonly metrics: Metrics;
  readonly wallClock: () => number;
  readonly address: PublicAddress;
  /** Undefined: pages of other origins have no access to the vendors, and none to the API. */
  readonly cors: Cors | undefined;
  /** Undefined: the API is open to this machine, and to it alone. */
  readonly controlToken: string | undefined;
  readonly bodyLimitBytes: number;
  readonly importLimitBytes: number;
  /** Aborted when the server starts to stop. */
  readonly stopping: AbortSignal;
  readonly log: CallLog;
};

/** A call that satisfies the spec. */
export type Call = {
  /** Path parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Start of absolute links: `http://127.0.0.1:4010`. */
  readonly origin: string;
};

/** A stream of events that lasts until either side ends it. */
export type Stream = {
  /** Returns the missed events and a function that ends the stream. Later events go to `send`; `end` ends the stream. */
  readonly open: (send: (event: StreamEvent) => void, end: () => void) => Opened;
};

type Opened = { readonly missed: readonly StreamEvent[]; readonly close: () => void };

export type StreamEvent = {
  readonly event: string;
  /** Undefined: a reader that reconnects does not continue after this one. */
  readonly id?: string;
  readonly data: object;
};

export type Handler = (call: Call, parts: ControlParts) => Promise<Reply | Stream>;

/** The handlers of one topic, by operation id. */
export type Topic = Readonly<Record<string, Handler>>;

export const done: Reply = { status: 204 };

/** A JSON reply. The caller guarantees that `body` consists of JSON values. */
export function json(body: object, status = 200): Reply {
  return { status, body: body as Json };
}

/** Finds the sandbox that a call names. Rejects with `MockError` `no-such-sandbox`; `default` always exists. */
export async function sandboxOf(
  { parameters, query }: Call,
  { sandboxes }: ControlParts,
): Promise<Sandbox> {
  const name = parameters['sandbox'] ?? query['sandbox'] ?? 'default';
  return name === 'default' ? sandboxes.ensure(name) : sandboxes.find(name);
}
