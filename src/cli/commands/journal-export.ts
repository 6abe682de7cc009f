/** `license-mock journal export`: writes a sandbox's journal as HAR, or as Pact contracts that `verify` holds. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createControlClient, type ControlClient } from '../../client/control-client.ts';
import { readOptional, readRequired, type Given } from '../../config/options.ts';
import { oneOf, parseText, parseToken, parseUrl } from '../../config/parse-value.ts';
import { toPact, type PactInteraction } from '../../contracts/to-pact.ts';
import type { JournalEntry, JournalFilter } from '../../control-api/control-api.ts';
import { messageOf } from '../../errors.ts';
import { toHar } from '../../journal/to-har.ts';
import { renderYaml } from '../../yaml/render-yaml.ts';
import { UsageError } from '../fail.ts';
import { findHolding } from '../find-holding.ts';
import { readVersion } from '../../config/read-version.ts';
import { readFilter } from './journal.ts';
import { makeFolderOf } from '../../contracts/make-folder.ts';

const PAGE = 1_000;

export async function exportJournal(given: Given, sandbox = 'default'): Promise<number> {
  const base = readRequired(given, 'url', parseUrl).replace(/\/+$/, '');
  const client = createControlClient({
    url: base,
    token: readOptional(given, 'token', parseToken),
  });
  const format = readRequired(given, 'format', oneOf('har', 'pact'));
  const entries = await readAll(client, sandbox, readFilter(given));
  if (format === 'pact') return exportPacts(given, { base, client, sandbox, entries });
  const har = toHar(entries, { base, version: readVersion() });
  const text = `${JSON.stringify(har, undefined, 2)}\n`;
  const output = readOptional(given, 'output', parseText);
  if (output === undefined) process.stdout.write(text);
  else {
    write(output, text);
    process.stderr.write(`Wrote ${entries.length} requests to ${output}.\n`);
  }
  return 0;
}

/** One file a vendor, and the scenario with the provider state that they need. */
async function exportPacts(
  given: Given,
  from: {
    readonly base: string;
    readonly client: ControlClient;
    readonly sandbox: string;
    readonly entries: readonly JournalEntry[];
  },
): Promise<number> {
  const { sandbox } = from;
  const consumer = readOptional(given, 'consumer', parseText) ?? sandbox;
  const folder = readOptional(given, 'output', parseText) ?? 'contracts';
  const state = `sandbox ${sandbox} as it was exported`;
  const { held, leftOut, document } = await findHolding({ ...from, state });
  for (const [vendor, found] of Map.groupBy(held, (each) => each.vendor)) {
    const interactions = found.map(({ interaction }): PactInteraction => interaction);
    const file = path.join(folder, `${consumer}-${vendor}.json`);
    const text = JSON.stringify(toPact(consumer, vendor, interactions), undefined, 2);
    write(file, `${text}\n`);
    process.stdout.write(`wrote  ${file}: ${interactions.length} interactions\n`);
  }
  if (held.some(({ interaction }) => interaction.providerStates)) {
    const name = `${sandbox}-exported`;
    const file = path.join('scenarios', `${name}.yaml`);
    const scenario = { ...document, name, providerStates: [state] };
    write(file, renderYaml(scenario));
    process.stdout.write(`wrote  ${file}: the provider state "${state}"\n`);
  }
  for (const reason of leftOut) process.stdout.write(`left out  ${reason}\n`);
  if (held.length > 0) return 0;
  process.stderr.write('No request of the journal can be an interaction.\n');
  return 1;
}

/** Oldest first. */
async function readAll(
  client: ControlClient,
  sandbox: string,
  filter: JournalFilter,
): Promise<readonly JournalEntry[]> {
  const all: JournalEntry[] = [];
  for (let before: string | null | undefined; before !== null;) {
    const { entries, next } = await client.listJournal(sandbox, {
      ...filter,
      limit: PAGE,
      ...(before !== undefined && { before }),
    });
    all.push(...entries);
    before = next;
  }
  return all.toReversed();
}

function write(file: string, text: string): void {
  try {
    makeFolderOf(file);
    writeFileSync(file, text);
  } catch (cause) {
    throw new UsageError(`${file} cannot be written: ${messageOf(cause)}`, { cause });
  }
}
