/** Verifies contracts against the specs, the mock and, if there is one, the live vendor. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createControlClient } from '../client/control-client.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { createComparison, type Comparison } from './compare.ts';
import { titleOf, type FileFault, type Interaction } from './contract.ts';
import { findContracts } from './find-contracts.ts';
import { findDifferences } from './find-differences.ts';
import { createJudge, type Judge, type ServedVendor } from './judge.ts';
import { holdAgainstLive, type LiveProvider } from './live-column.ts';
import { holdAgainstMock, type MockParts } from './mock-column.ts';
import { readContract } from './read-contract.ts';
import { startRelay } from './relay.ts';
import { createReplay } from './replay.ts';
import { isFailed, type Report, type Row } from './report.ts';
import type { Verifier } from './verifier.ts';

export type VerifyOptions = {
  /** Files, folders or globs. */
  readonly patterns: readonly string[];
  /** Verifies only this vendor's interactions. */
  readonly vendor: string | undefined;
  /** Verifies only interactions whose file, title or states contain this text, in any letter case. */
  readonly only: string | undefined;
  readonly failOnWarnings: boolean;
  /** True to keep the sandboxes. */
  readonly keep: boolean;
  /** Undefined if there is no live vendor. */
  readonly live: LiveProvider | undefined;
  /** Timeout for one answer. */
  readonly timeoutMs: number;
};

export type RunningMock = {
  readonly url: string;
  readonly controlToken: string | undefined;
  stop(): Promise<void>;
};

export type VerifyParts = {
  readonly served: readonly ServedVendor[];
  readonly ledger: Ledger;
  /** Starts a mock, or returns a running one. */
  startMock(): Promise<RunningMock>;
  startVerifier(): Verifier;
  /** Called with all interactions at the start, and then with each finished row. */
  onStart?(interactions: readonly Interaction[]): void;
  onRow?(row: Row): void;
};

/** Rejects with `MockError` if it could not run. Failures of interactions are in the report. */
export async function verify(options: VerifyOptions, parts: VerifyParts): Promise<Report> {
  const startedMs = performance.now();
  const { interactions, faults } = collect(options, parts.served);
  parts.onStart?.(interactions);
  const rows = interactions.length > 0 ? await verifyAll(interactions, options, parts) : [];
  return {
    rows,
    faults,
    durationMs: Math.round(performance.now() - startedMs),
    held: rows.length > 0 && faults.length === 0 && !rows.some(isFailed),
  };
}

/** Collects the interactions to verify, and the faults of files that cannot be verified. */
function collect(
  { patterns, vendor, only }: VerifyOptions,
  served: readonly ServedVendor[],
): { readonly interactions: readonly Interaction[]; readonly faults: readonly FileFault[] } {
  const found = findContracts(patterns);
  const names = served.map((each) => each.vendor.name);
  const contracts = found.files.map((file) => readContract(file, names));
  const all = contracts.flatMap(({ interactions }) => interactions);
  const interactions = all.filter(
    (each) => (vendor === undefined || each.vendor === vendor) && matches(each, only),
  );
  const faults = [...found.faults, ...contracts.flatMap((each) => each.faults)];
  if (all.length > 0 && interactions.length === 0) {
    const filters = [vendor && `--vendor ${vendor}`, only && `--only "${only}"`].filter(Boolean);
    const message = `${filters.join(' with ')} matches none of ${all.length} interactions, so nothing would be verified. Vendors: ${names.join(', ')}; titles include: ${all.slice(0, 3).map(titleOf).join('; ')}.`;
    faults.push({ file: patterns.join(' '), message });
  }
  return { interactions, faults };
}

function matches(interaction: Interaction, only: string | undefined): boolean {
  if (only === undefined) return true;
  const states = interaction.states.map(({ name }) => name);
  const text = [interaction.file, titleOf(interaction), ...states].join('\n');
  return text.toLowerCase().includes(only.toLowerCase());
}

type Tools = MockParts & {
  readonly compare: Comparison;
  readonly judge: Judge;
  /** Prefix of the sandbox names of this run. */
  readonly run: string;
};

async function verifyAll(
  interactions: readonly Interaction[],
  options: VerifyOptions,
  parts: VerifyParts,
): Promise<readonly Row[]> {
  const { failOnWarnings, keep, timeoutMs } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-verify-'));
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  // Also where the run is interrupted.
  process.once('exit', removeFolder);
  const verifier = parts.startVerifier();
  const relay = await startRelay();
  let mock: RunningMock | undefined;
  try {
    mock = await parts.startMock();
    const judge = createJudge(parts.served, parts.ledger.defaults);
    const tools: Tools = {
      client: createControlClient({ url: mock.url, token: mock.controlToken }),
      replay: createReplay({ relay, verifier, folder, timeoutMs }),
      compare: createComparison({ served: parts.served, judge, failOnWarnings }),
      judge,
      failOnWarnings,
      keep,
      run: `verify-${Date.now().toString(36)}-${process.pid}`,
    };
    const rows: Row[] = [];
    for (const [index, interaction] of interactions.entries()) {
      const row = await verifyOne(interaction, `${tools.run}-${index + 1}`, {
        tools,
        live: options.live,
        ledger: parts.ledger,
      });
      rows.push(row);
      parts.onRow?.(row);
    }
    return rows;
  } finally {
    verifier.stop();
    await relay.stop();
    await mock?.stop();
    removeFolder();
    process.removeListener('exit', removeFolder);
  }
}

async function verifyOne(
  interaction: Interaction,
  sandbox: string,
  parts: {
    readonly tools: Tools;
    readonly live: LiveProvider | undefined;
    readonly ledger: Ledger;
  },
): Promise<Row> {
  const { tools, ledger } = parts;
  const startedMs = performance.now();
  const spec = await tools.compare(interaction);
  const mock = await holdAgainstMock(interaction, sandbox, tools);
  const live = parts.live && (await holdAgainstLive(interaction, parts.live, tools));
  const id = tools.judge.locate(interaction)?.route.operation.id ?? '';
  const rows = ledger.rows.filter(
    ({ vendor, operations }) =>
      vendor === interaction.vendor && (operations.length === 0 || operations.includes(id)),
  );
  return {
    interaction,
    spec,
    mock: mock.cell,
    live: live?.cell,
    differences:
      mock.exchange && live?.exchange
        ? findDifferences(mock.exchange, live.exchange, rows, mock.ledger)
        : [],
    durationMs: Math.round(performance.now() - startedMs),
  };
}
