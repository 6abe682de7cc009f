/** `license-mock pull`: writes what a live vendor's lists show as a scenario. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseHeader } from '../../config/parse-header.ts';
import { readOptional, readRequired, type Given } from '../../config/options.ts';
import {
  parseSwitch,
  parseText,
  parseTime,
  parseUrl,
  wholeFrom,
} from '../../config/parse-value.ts';
import { messageOf, MockError } from '../../errors.ts';
import { pull, type Pulled } from '../../live/pull/pull.ts';
import { checkScenario } from '../../parts.ts';
import { vendors } from '../../vendors/index.ts';
import { renderYaml } from '../../yaml/render-yaml.ts';
import { UsageError } from '../fail.ts';
import { parseParams } from '../parse-params.ts';
import { makeFolderOf } from '../../contracts/make-folder.ts';

/** A file that starts like this was written by this command, so that the command may overwrite it. */
const HEAD = '# Pulled by license-mock';

export async function pullScenario(given: Given, name: string): Promise<number> {
  const vendor = vendors.find((each) => each.name === name);
  if (!vendor) {
    const names = vendors.map((each) => each.name).join(', ');
    throw new UsageError(`There is no vendor "${name}". Vendors: ${names}.`);
  }
  const file =
    readOptional(given, 'output', parseText) ?? path.join('scenarios', `${name}-pulled.yaml`);
  refuseToOverwrite(file);
  const { header = [] } = given;
  if (!given['url']?.length) throw new UsageError('Name the live vendor with --url.');
  const source = {
    url: readRequired(given, 'url', parseUrl),
    headers: Object.fromEntries(header.map(parseHeader)),
    query: Object.fromEntries(
      Object.entries(parseParams(given['param'] ?? [])).map(([key, value]) => [key, String(value)]),
    ),
    perSecond: readRequired(given, 'rate', wholeFrom(1, 1_000)),
    maxRequests: readRequired(given, 'max-requests', wholeFrom(1, 1_000_000)),
    timeoutMs: readRequired(given, 'timeout', parseTime),
  };
  const pulled = await pull(vendor, source, {
    name: nameOf(file),
    isAnonymized: readRequired(given, 'anonymize', parseSwitch),
    hasSeats: readRequired(given, 'seats', parseSwitch),
    nowMs: Date.now(),
  });
  const text = render(name, pulled);
  // What cannot be loaded is of no use.
  await checkScenario(text, file);
  write(file, text);
  process.stdout.write(`${describe(file, pulled).join('\n')}\n`);
  return 0;
}

function render(vendor: string, { document, kept }: Pulled): string {
  const lines = [
    `${HEAD} from the lists of ${vendor}${kept ? ', anonymized. Kept as they are:' : '.'}`,
    ...(kept ?? []).map((field) => `#   ${field}`),
  ];
  return `${lines.join('\n')}\n${renderYaml(document)}`;
}

function describe(file: string, { requests, counts, leftOut, kept }: Pulled): readonly string[] {
  const records = Object.entries(counts).map(([list, count]) => `${count} ${list}`);
  return [
    `Wrote ${file} with ${requests} requests: ${records.join(', ')}.`,
    ...leftOut.map((sentence) => `left out  ${sentence}`),
    ...(kept ? ['Kept as they are:', ...kept.map((field) => `  ${field}`)] : []),
  ];
}

/** A file's name can hold what a scenario's name cannot. */
function nameOf(file: string): string {
  const { name } = path.parse(file);
  return (
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replace(/^-/, '')
      .slice(0, 64) || 'pulled'
  );
}

function refuseToOverwrite(file: string): void {
  if (!existsSync(file) || readFileSync(file, 'utf8').startsWith(HEAD)) return;
  throw new UsageError(`${file} exists, and this command did not write it. Name another --output.`);
}

function write(file: string, text: string): void {
  try {
    makeFolderOf(file);
    writeFileSync(file, text);
  } catch (cause) {
    throw new MockError('bad-option', `${file} cannot be written: ${messageOf(cause)}.`, { cause });
  }
}
