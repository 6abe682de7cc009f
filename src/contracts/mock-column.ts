/** Holds an interaction against the mock: in a sandbox of its own, in the provider states that it names. */
import type { createControlClient } from '../client/control-client.ts';
import type { JournalEntry, Params } from '../control-api/control-api.ts';
import type { Interaction, ProviderState } from './contract.ts';
import type { Judge } from './judge.ts';
import type { Exchange } from './relay.ts';
import type { Replay } from './replay.ts';
import { isLoopback } from './proxies.ts';
import { toCell, type Cell, type Finding } from './report.ts';

export type MockAnswer = {
  readonly cell: Cell;
  readonly exchange: Exchange | undefined;
  /** Rows that shaped the answer. */
  readonly ledger: readonly string[];
};

export type MockParts = {
  readonly client: ReturnType<typeof createControlClient>;
  readonly replay: Replay;
  readonly judge: Judge;
  readonly failOnWarnings: boolean;
  /** True: sandboxes stay as they are when the interaction is done. */
  readonly keep: boolean;
};

/** What an interaction without provider state starts from. */
const SCENARIO = 'empty';

/** `name`: of a sandbox that is not there yet. */
export async function holdAgainstMock(
  interaction: Interaction,
  name: string,
  parts: MockParts,
): Promise<MockAnswer> {
  const { client, replay } = parts;
  const taken: Finding[] = [];
  const sandbox = await client.startSandbox(name, { scenario: SCENARIO });
  try {
    // By header, not by path: links and redirects of the mock then look as the vendor's own.
    const url = new URL(sandbox.url.replace(`/_sandbox/${name}`, ''));
    const { findings, exchange } = await replay(interaction, {
      url: url.href,
      headers: { 'x-mock-sandbox': name, 'x-mock-vendor': interaction.vendor },
      keepsHost: isLoopback(url.hostname),
      viaProxy: false,
      enterState: async (state) => {
        const values = await enterState(state, name, client);
        taken.push(...findOtherTypes(state, values));
        return values;
      },
      // The sandbox is thrown away, or looked at as it is.
      leaveState: () => Promise.resolve(),
    });
    const { entries } = await client.listJournal(name, { limit: 10 });
    const entry = entries.find(({ id }) => id === exchange?.headers['x-mock-request-id']);
    const all = [
      ...findings,
      ...taken,
      ...(await findBreaks(interaction, exchange, parts.judge)),
      ...findTolerated(exchange, entry),
      ...(parts.keep
        ? [
            {
              severity: 'note' as const,
              message: `Kept as sandbox ${name}: ${new URL(sandbox.url).pathname}`,
            },
          ]
        : []),
    ];
    return {
      cell: toCell(all, parts.failOnWarnings),
      exchange,
      ledger: (exchange?.headers['x-mock-ledger'] ?? '').split(', ').filter(Boolean),
    };
  } finally {
    if (!parts.keep) await client.removeSandbox(name);
  }
}

function enterState(
  { name, params }: ProviderState,
  sandbox: string,
  client: MockParts['client'],
): Promise<Params> {
  // What is no plain value is refused by the control API, which says so.
  return client.enterProviderState(sandbox, name, params as Params);
}

/** Client libraries turn numbers into texts and back: the mock takes them by the type that the scenario declares. */
function findOtherTypes({ name, params }: ProviderState, values: Params): readonly Finding[] {
  return Object.entries(params).flatMap(([key, sent]) => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    if (value === undefined || typeof value === typeof sent) return [];
    const message = `"${name}" takes ${key} as a ${typeof value}: ${JSON.stringify(sent)} became ${JSON.stringify(value)}.`;
    return [{ severity: 'note', at: 'provider state', message }];
  });
}

/** The mock holds itself to the spec; a proxy in front of it, or an older mock, may not. */
async function findBreaks(
  interaction: Interaction,
  exchange: Exchange | undefined,
  judge: Judge,
): Promise<readonly Finding[]> {
  if (!exchange) return [];
  const breaks = await judge.findBreaksOf(interaction, exchange);
  return breaks.map((message) => ({
    severity: 'error',
    message: `The mock's answer breaks the spec: ${message}`,
  }));
}

function findTolerated(
  exchange: Exchange | undefined,
  entry: JournalEntry | undefined,
): readonly Finding[] {
  const count = Number(exchange?.headers['x-mock-warnings'] ?? 0);
  if (count === 0) return [];
  const known = (entry?.warnings ?? []).map((warning): Finding => ({
    severity: 'warning',
    at: [warning.in, ...warning.path].join('.'),
    message: `Holds because the vendor tolerates it: ${warning.message}`,
  }));
  if (known.length > 0) return known;
  const message = `Holds through ${count} tolerance(s) of the vendor; the journal, where they stand, is off.`;
  return [{ severity: 'warning', message }];
}
