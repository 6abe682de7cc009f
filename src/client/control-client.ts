/** The control API as functions, named by operationId: one for each call that index.ts and the command line make. */
import type {
  ClockReading,
  Expectation,
  Held,
  JournalFilter,
  JournalPage,
  NotHeld,
  Override,
  Params,
  Rule,
  SandboxChange,
  SandboxItem,
  SandboxView,
  SetClock,
  SnapshotView,
  StartOptions,
  StateDocument,
  Upstream,
  UpstreamMode,
} from '../control-api/control-api.ts';
import { VerificationError } from './control-error.ts';
import { createSendCall, type ControlAddress, type ControlCall } from './send-call.ts';

/** The text of a scenario file. */
export type StateText = {
  readonly mediaType: 'application/json' | 'application/yaml';
  readonly content: string;
};

export type ControlClient = ReturnType<typeof createControlClient>;

/** Every function rejects with a `ControlError` if the server refuses the call or does not answer. */
export function createControlClient(address: ControlAddress) {
  const send = createSendCall(address);
  // Prism checked each answer against specs/control.yaml before it was sent.
  const read = async <T>(call: ControlCall): Promise<T> => (await (await send(call)).json()) as T;
  const tell = async (call: ControlCall): Promise<void> => void (await send(call));

  return {
    listSandboxes: async (): Promise<readonly SandboxItem[]> => {
      const { sandboxes } = await read<{ readonly sandboxes: readonly SandboxItem[] }>({
        method: 'GET',
        path: ['sandboxes'],
      });
      return sandboxes;
    },
    /** Creates the sandbox, or starts it over. */
    startSandbox: (sandbox: string, options: StartOptions): Promise<SandboxView> =>
      read({ method: 'PUT', path: of(sandbox), body: options }),
    changeSandbox: (sandbox: string, change: SandboxChange): Promise<SandboxView> =>
      read({ method: 'PATCH', path: of(sandbox), body: change }),
    resetSandbox: (sandbox: string): Promise<SandboxView> =>
      read({ method: 'POST', path: of(sandbox, 'reset') }),
    removeSandbox: (sandbox: string): Promise<void> =>
      tell({ method: 'DELETE', path: of(sandbox) }),

    exportState: (sandbox: string): Promise<StateDocument> =>
      read({ method: 'GET', path: of(sandbox, 'state') }),
    importState: (sandbox: string, state: StateDocument | StateText): Promise<SandboxView> =>
      read({
        method: 'PUT',
        path: of(sandbox, 'state'),
        ...(isText(state) ? { text: state } : { body: state }),
      }),

    listSnapshots: async (sandbox: string): Promise<readonly SnapshotView[]> => {
      const { snapshots } = await read<{ readonly snapshots: readonly SnapshotView[] }>({
        method: 'GET',
        path: of(sandbox, 'snapshots'),
      });
      return snapshots;
    },
    takeSnapshot: (sandbox: string, snapshot: string): Promise<SnapshotView> =>
      read({ method: 'PUT', path: of(sandbox, 'snapshots', snapshot) }),
    restoreSnapshot: (sandbox: string, snapshot: string): Promise<SandboxView> =>
      read({ method: 'POST', path: of(sandbox, 'snapshots', snapshot, 'restore') }),
    removeSnapshot: (sandbox: string, snapshot: string): Promise<void> =>
      tell({ method: 'DELETE', path: of(sandbox, 'snapshots', snapshot) }),

    getClock: (sandbox: string): Promise<ClockReading> =>
      read({ method: 'GET', path: of(sandbox, 'clock') }),
    setClock: (sandbox: string, clock: SetClock): Promise<ClockReading> =>
      read({ method: 'PUT', path: of(sandbox, 'clock'), body: clock }),
    unsetClock: (sandbox: string): Promise<ClockReading> =>
      read({ method: 'DELETE', path: of(sandbox, 'clock') }),
    advanceClock: (sandbox: string, by: string): Promise<ClockReading> =>
      read({ method: 'POST', path: of(sandbox, 'clock', 'advance'), body: { by } }),

    listOverrides: async (sandbox: string): Promise<readonly Rule[]> => {
      const { overrides } = await read<{ readonly overrides: readonly Rule[] }>({
        method: 'GET',
        path: of(sandbox, 'overrides'),
      });
      return overrides;
    },
    addOverride: (sandbox: string, override: Override): Promise<Rule> =>
      read({ method: 'POST', path: of(sandbox, 'overrides'), body: override }),
    clearOverrides: (sandbox: string): Promise<void> =>
      tell({ method: 'DELETE', path: of(sandbox, 'overrides') }),
    removeOverride: (sandbox: string, override: string): Promise<void> =>
      tell({ method: 'DELETE', path: of(sandbox, 'overrides', override) }),

    listUpstreams: async (sandbox: string): Promise<readonly Upstream[]> => {
      const { upstreams } = await read<{ readonly upstreams: readonly Upstream[] }>({
        method: 'GET',
        path: of(sandbox, 'upstreams'),
      });
      return upstreams;
    },
    getUpstream: (sandbox: string, vendor: string): Promise<Upstream> =>
      read({ method: 'GET', path: of(sandbox, 'upstreams', vendor) }),
    setUpstream: (sandbox: string, vendor: string, mode: UpstreamMode): Promise<Upstream> =>
      read({ method: 'PUT', path: of(sandbox, 'upstreams', vendor), body: { mode } }),

    listJournal: (sandbox: string, filter: JournalFilter): Promise<JournalPage> =>
      read({ method: 'GET', path: of(sandbox, 'journal'), query: filter }),
    clearJournal: (sandbox: string): Promise<void> =>
      tell({ method: 'DELETE', path: of(sandbox, 'journal') }),
    /** Returns the number of matching requests. Rejects with a `VerificationError` if the expectation does not hold. */
    verifyJournal: async (sandbox: string, expectation: Expectation): Promise<number> => {
      const found = await read<Held | NotHeld>({
        method: 'POST',
        path: of(sandbox, 'journal', 'verify'),
        body: expectation,
      });
      if (found.held) return found.count;
      throw new VerificationError(found);
    },

    /** Returns the values that Pact injects: `params`, and fields of the records that the state created. */
    enterProviderState: (sandbox: string, state: string, params: Params): Promise<Params> =>
      read({
        method: 'POST',
        path: ['provider-states'],
        query: { sandbox },
        body: { state, params },
      }),
  };
}

function of(sandbox: string, ...path: readonly string[]): readonly string[] {
  return ['sandboxes', sandbox, ...path];
}

function isText(state: StateDocument | StateText): state is StateText {
  return typeof state['content'] === 'string' && typeof state['mediaType'] === 'string';
}
