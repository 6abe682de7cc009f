/** The calls of the control API that the page makes. */
import { createControlClient } from '../../client/control-client.ts';
import { createSendCall } from '../../client/send-call.ts';
import type {
  Calibration,
  ClockEvent,
  CollectionView,
  Coverage,
  LedgerRow,
  NotServed,
  RecordDifference,
  RecordView,
  SandboxView,
  Scenario,
  ScenarioContent,
  StoredRecord,
  Vendor,
  VendorExample,
} from '../../control-api/control-api.ts';
import type { SpecDocument } from '../openapi/spec-document.ts';

/** The server's URL, including the prefix that a proxy may add: the page is at `<base>/_mock/`. */
export const base = `${location.origin}${location.pathname.replace(/\/_mock\/.*$/, '')}`;

export type Api = ReturnType<typeof createApi>;

/** All functions reject with `ControlError`. */
export function createApi(token: string | undefined) {
  const address = { url: base, token };
  const send = createSendCall(address);
  const read = async <T>(path: readonly string[]): Promise<T> =>
    (await (await send({ method: 'GET', path })).json()) as T;
  return {
    ...createControlClient(address),
    send,
    getSandbox: (sandbox: string) => read<SandboxView>(['sandboxes', sandbox]),
    listVendors: () =>
      read<{ readonly vendors: readonly Vendor[]; readonly notServed: readonly NotServed[] }>([
        'vendors',
      ]),
    getSpec: (vendor: string) => read<SpecDocument>(['specs', `${vendor}.json`]),
    listLedger: async (sandbox: string) => {
      const answer = await send({ method: 'GET', path: ['ledger'], query: { sandbox } });
      return ((await answer.json()) as { readonly rows: readonly LedgerRow[] }).rows;
    },
    listCalibrations: async () =>
      (await read<{ readonly calibrations: readonly Calibration[] }>(['calibration'])).calibrations,
    getCoverage: () => read<Coverage>(['coverage']),
    listScenarios: () => read<{ readonly scenarios: readonly Scenario[] }>(['scenarios']),
    getScenario: (scenario: string) => read<ScenarioContent>(['scenarios', scenario]),
    listCollections: async (sandbox: string) =>
      (
        await read<{ readonly collections: readonly CollectionView[] }>([
          'sandboxes',
          sandbox,
          'collections',
        ])
      ).collections,
    listRecords: async (sandbox: string, collection: string, query: RecordQuery) => {
      const path = ['sandboxes', sandbox, 'collections', collection, 'records'];
      return (await (await send({ method: 'GET', path, query })).json()) as RecordPage;
    },
    getRecord: (sandbox: string, collection: string, key: string) =>
      read<RecordView>(['sandboxes', sandbox, 'collections', collection, 'records', key]),
    compareSnapshot: (sandbox: string, snapshot: string) =>
      read<{ readonly differences: readonly RecordDifference[]; readonly total: number }>([
        'sandboxes',
        sandbox,
        'snapshots',
        snapshot,
        'differences',
      ]),
    listEvents: (sandbox: string) =>
      read<{
        readonly now: string;
        readonly events: readonly ClockEvent[];
        readonly total: number;
      }>(['sandboxes', sandbox, 'clock', 'events']),
    listExamples: (sandbox: string) =>
      read<{ readonly examples: readonly VendorExample[] }>(['sandboxes', sandbox, 'examples']),
  };
}

export type RecordQuery = {
  readonly text?: string | undefined;
  readonly sort?: string | undefined;
  readonly direction?: 'ascending' | 'descending' | undefined;
  readonly offset?: number;
  readonly limit?: number;
};

type RecordPage = { readonly records: readonly StoredRecord[]; readonly total: number };
