/** A sandbox as a test uses it. */
import type {
  ClockReading,
  Expectation,
  JournalEntry,
  JournalFilter,
  Override,
  Params,
  Rule,
  SandboxChange,
  SnapshotView,
  StateDocument,
  Upstream,
  UpstreamMode,
} from '../control-api/control-api.ts';
import type { ControlClient } from './control-client.ts';
import { ControlError } from './control-error.ts';

/** One sandbox. Every function rejects with a `ControlError` if the mock refuses the call, and then changes nothing. */
export type Sandbox = {
  readonly name: string;
  /** Base URL for a vendor's client: `http://127.0.0.1:41234/_sandbox/checkout`, without a trailing slash. */
  readonly url: string;
  /** Restores the state that the sandbox started with. Clears overrides and journal; keeps snapshots. */
  reset(): Promise<void>;
  /** Changes profile, references or ledger choices; records and journal stay. A reset undoes it. */
  change(change: SandboxChange): Promise<void>;
  /** Removes the sandbox. A later vendor request creates it again, from the mock's scenario. */
  remove(): Promise<void>;
  /** Removes a sandbox from `createSandbox`. Does nothing to a handle from `sandbox`, or to a sandbox that is gone. */
  [Symbol.asyncDispose](): Promise<void>;
  /** Controls all times in the sandbox: dates, expiry, `Date` headers, rate limits. Returns the new reading. */
  readonly clock: {
    get(): Promise<ClockReading>;
    /** Stops the clock at an instant: ISO 8601, a `Date`, or relative (`now+30d`). Default: its current time. */
    freeze(at?: string | Date): Promise<ClockReading>;
    /** Lets the clock run from an instant. Default: its current time. */
    run(from?: string | Date): Promise<ClockReading>;
    /** Moves the clock by an ISO 8601 duration: `P1M` (a calendar month), `PT12H`, `-P1D`. A frozen clock stays frozen. */
    advance(by: string): Promise<ClockReading>;
    /** Returns to real time. */
    real(): Promise<ClockReading>;
  };
  readonly overrides: {
    /** Adds an override for the following requests. If several match, the one that was added last applies. */
    add(override: Override): Promise<Rule>;
    /** Lists the overrides in the order they were added, each with the number of times it applied. */
    list(): Promise<readonly Rule[]>;
    clear(): Promise<void>;
    remove(id: string): Promise<void>;
  };
  /** The live vendors of a server with `upstream`. A reset returns to the mode of the server. */
  readonly upstreams: {
    list(): Promise<readonly Upstream[]>;
    get(vendor: string): Promise<Upstream>;
    set(vendor: string, mode: UpstreamMode): Promise<Upstream>;
  };
  readonly journal: {
    /** Returns entries, newest first: at most `limit` (default and maximum 1000). */
    entries(filter?: JournalFilter): Promise<readonly JournalEntry[]>;
    clear(): Promise<void>;
    /**
     * Returns the number of matching requests. Rejects with a `VerificationError` if the expectation does not hold;
     * its message shows the nearest requests and how they differ.
     */
    verify(expectation: Expectation): Promise<number>;
  };
  /** Named copies of records, id counters, clock, seed, settings and overrides, without the journal. At most 50. */
  readonly snapshots: {
    take(name: string): Promise<SnapshotView>;
    restore(name: string): Promise<void>;
    list(): Promise<readonly SnapshotView[]>;
    remove(name: string): Promise<void>;
  };
  readonly state: {
    /** Returns the whole state as a scenario document, which can be saved as a scenario file. */
    export(): Promise<StateDocument>;
    /** Replaces the whole state with the state that a scenario document describes. */
    import(document: StateDocument): Promise<void>;
  };
  /**
   * Sets up a provider state as a Pact verifier does, from the scenario that lists it: `a license with id {id} exists`
   * with `{ id: 7 }`. Returns the parameters and fields of the created records: `{ id: 7, licenseId: 7 }`.
   */
  providerState(state: string, params?: Params): Promise<Params>;
};

const MOST_ENTRIES = 1_000;
const GONE = new Set(['no-such-sandbox', 'unreachable']);

export function openSandbox(
  client: ControlClient,
  { name, url, dispose }: Pick<Sandbox, 'name' | 'url'> & { readonly dispose: () => Promise<void> },
): Sandbox {
  return {
    name,
    url,
    reset: async () => void (await client.resetSandbox(name)),
    change: async (change) => void (await client.changeSandbox(name, change)),
    remove: () => client.removeSandbox(name),
    [Symbol.asyncDispose]: dispose,
    clock: {
      get: () => client.getClock(name),
      freeze: (at) => client.setClock(name, { mode: 'frozen', ...instant(at) }),
      run: (from) => client.setClock(name, { mode: 'running', ...instant(from) }),
      advance: (by) => client.advanceClock(name, by),
      real: () => client.unsetClock(name),
    },
    overrides: {
      add: (override) => client.addOverride(name, override),
      list: () => client.listOverrides(name),
      clear: () => client.clearOverrides(name),
      remove: (id) => client.removeOverride(name, id),
    },
    upstreams: {
      list: () => client.listUpstreams(name),
      get: (vendor) => client.getUpstream(name, vendor),
      set: (vendor, mode) => client.setUpstream(name, vendor, mode),
    },
    journal: {
      async entries(filter = {}) {
        const page = await client.listJournal(name, { limit: MOST_ENTRIES, ...filter });
        return page.entries;
      },
      clear: () => client.clearJournal(name),
      verify: (expectation) => client.verifyJournal(name, expectation),
    },
    snapshots: {
      take: (snapshot) => client.takeSnapshot(name, snapshot),
      restore: async (snapshot) => void (await client.restoreSnapshot(name, snapshot)),
      list: () => client.listSnapshots(name),
      remove: (snapshot) => client.removeSnapshot(name, snapshot),
    },
    state: {
      export: () => client.exportState(name),
      import: async (document) => void (await client.importState(name, document)),
    },
    providerState: (state, params = {}) => client.enterProviderState(name, state, params),
  };
}

/** Removes a sandbox, unless it or the whole mock is already gone. */
export async function removeSandbox(client: ControlClient, name: string): Promise<void> {
  await client.removeSandbox(name).catch((thrown: unknown) => {
    const isGone = thrown instanceof ControlError && GONE.has(thrown.code);
    if (!isGone) throw thrown;
  });
}

function instant(at: string | Date | undefined): { readonly now?: string } {
  if (at === undefined) return {};
  return { now: typeof at === 'string' ? at : at.toISOString() };
}
