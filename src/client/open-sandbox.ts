/** A sandbox as a test holds it: its name is said once, everything else is what the test wants. */
import type {
  ClockReading,
  Expectation,
  JournalEntry,
  JournalFilter,
  Override,
  Params,
  Rule,
  SnapshotView,
  StateDocument,
} from '../control-api/control-api.ts';
import type { ControlClient } from './control-client.ts';
import { ControlError } from './control-error.ts';

/** One sandbox. Every function rejects with a `ControlError` if the mock refuses the call; nothing is changed then. */
export type Sandbox = {
  readonly name: string;
  /** The base URL for the vendors' client: `http://127.0.0.1:41234/_sandbox/checkout`, without a slash at its end. */
  readonly url: string;
  /** Back to what it was started with. Overrides and journal are emptied; the snapshots stay. */
  reset(): Promise<void>;
  /** A later vendor request creates it anew, from the mock's own scenario. */
  remove(): Promise<void>;
  /** Removes a sandbox that `createSandbox` made. Does nothing to one that `sandbox` gave, or that is gone. */
  [Symbol.asyncDispose](): Promise<void>;
  /** Everything that has a time follows it: dates, expiry, `Date` headers, rate limits. Each answers what it then shows. */
  readonly clock: {
    get(): Promise<ClockReading>;
    /** Stops it at an instant (ISO 8601, a `Date`, or beside what it shows: `now+30d`); left out: where it is. */
    freeze(at?: string | Date): Promise<ClockReading>;
    /** Lets it run from an instant; left out: from where it is. */
    run(from?: string | Date): Promise<ClockReading>;
    /** An ISO 8601 duration: `P1M`, `PT12H`, `-P1D`. Months and years go by the calendar. Frozen stays frozen. */
    advance(by: string): Promise<ClockReading>;
    /** Back to real time. */
    real(): Promise<ClockReading>;
  };
  readonly overrides: {
    /** Acts from the next request on; of several that fit, the one that was added last. */
    add(override: Override): Promise<Rule>;
    /** In the order they were added, with how often each acted. */
    list(): Promise<readonly Rule[]>;
    clear(): Promise<void>;
    remove(id: string): Promise<void>;
  };
  readonly journal: {
    /** Newest first; at most 1000, or `limit`. */
    entries(filter?: JournalFilter): Promise<readonly JournalEntry[]>;
    clear(): Promise<void>;
    /**
     * Rejects with a `VerificationError` where it does not hold: its message names the nearest requests, and what
     * differs in each. Gives how many requests match.
     */
    verify(expectation: Expectation): Promise<number>;
  };
  /** Records, id counters, clock, seed, settings and overrides under a name; not the journal. At most 50. */
  readonly snapshots: {
    take(name: string): Promise<SnapshotView>;
    restore(name: string): Promise<void>;
    list(): Promise<readonly SnapshotView[]>;
    remove(name: string): Promise<void>;
  };
  readonly state: {
    /** All of it as a scenario document; written to a file it is a scenario. */
    export(): Promise<StateDocument>;
    /** Puts what a scenario document describes in the place of all it has. */
    import(document: StateDocument): Promise<void>;
  };
  /**
   * Starts from the scenario that lists the sentence, as a Pact verifier does: `a license with id {id} exists` with
   * `{ id: 7 }`. Gives the parameters and what the state created: `{ id: 7, licenseId: 7 }`.
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

/** Removes it unless it is gone, by itself or with the whole mock. */
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
