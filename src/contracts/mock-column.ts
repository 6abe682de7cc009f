/** Verifies an interaction against the mock, in a fresh sandbox with the interaction's provider states. */
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
  /** Ledger rows that influenced the answer. */
  readonly ledger: readonly string[];
};

export type MockParts = {
  readonly client: ReturnType<typeof createControlClient>;
  readonly replay: Replay;
  readonly judge: Judge;
  readonly failOnWarnings: boolean;
  /** True if the sandbox is kept after the interaction. */
  readonly keep: boolean;
};

/** Scenario for an interaction without a provider state. */
const SCENARIO = 'empty';

/** `name` is the name of a new sandbox. */
export async function holdAgainstMock(
  interaction: Interaction,
  name: string,
  parts: MockParts,
): Promise<MockAnswer> {
  const { client, replay } = parts;
  const taken: Finding[] = [];
  const sandbox = await client.startSandbox(name, { scenario: SCENARIO });
  try {
    // Chooses the sandbox by header, so that links and redirects have the vendor's paths.
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
      // The sandbox is removed, or kept unchanged for inspection.
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
  // The control API refuses other values with its own message.
  return client.enterProviderState(sandbox, name, params as Params);
}

/** Client libraries convert numbers to text and back. The mock converts values to the type that the scenario declares. */
function findOtherTypes({ name, params }: ProviderState, values: Params): readonly Finding[] {
  return Object.entries(params).flatMap(([key, sent]) => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    if (value === undefined || typeof value === typeof sent) return [];
    const message = `"${name}" declares ${key} as a ${typeof value}: ${JSON.stringify(sent)} was converted to ${JSON.stringify(value)}.`;
    return [{ severity: 'note', at: 'provider state', message }];
  });
}

/** Checks the answer against the spec: the mock does this itself, but a proxy or an older mock may not. */
async function findBreaks(
  interaction: Interaction,
  exchange: Exchange | undefined,
  judge: Judge,
): Promise<readonly Finding[]> {
  if (!exchange) return [];
  const breaks = await judge.findBreaksOf(interaction, exchange);
  return breaks.map((message) => ({
    severity: 'error',
    message: `The mock's answer violates the spec: ${message}`,
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
  const message = `Holds because the vendor tolerates ${count} deviation(s). The journal, which would list them, is off.`;
  return [{ severity: 'warning', message }];
}
