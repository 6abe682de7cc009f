/** `license-mock sandbox export --all` and `import --all`: moves all sandboxes between any two kinds of data. */
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describeDataLocation, isDatabase } from '../../config/data-location.ts';
import { parseData, type DataConfig } from '../../config/data-options.ts';
import { readOptional, readRequired, type Given } from '../../config/options.ts';
import { parseSwitch, parseText } from '../../config/parse-value.ts';
import { messageOf } from '../../errors.ts';
import { createMetrics } from '../../metrics/metrics.ts';
import { importSandboxes, renderSandboxes } from '../../moving/move-sandboxes.ts';
import { openScratch, openState, type State } from '../../open-state.ts';
import { vendors } from '../../vendors/index.ts';
import { UsageError } from '../fail.ts';
import { print } from '../output.ts';

export async function exportAll(given: Given): Promise<number> {
  const place = readPlace(given);
  const output = readOptional(given, 'output', parseText);
  const shown = describeDataLocation(place.data);
  if (!isDatabase(place.data) && !existsSync(place.data)) {
    throw new UsageError(`${shown} is not there. Name a folder that license-mock wrote by --data`);
  }
  return withState(place, { makes: false }, async ({ store }) => {
    const names = await store.sandboxes();
    if (names.length === 0) throw new UsageError(`There are no sandboxes in ${shown}`);
    const text = Readable.from(renderSandboxes(store, names));
    if (output === undefined) await pipeline(text, process.stdout, { end: false });
    else await writeWhole(output, text);
    say(`Wrote ${names.join(', ')} to ${output ?? 'standard output'}. Journals are not moved.`);
    return 0;
  });
}

export async function importAll(given: Given, file: string): Promise<number> {
  const place = readPlace(given);
  return withState(place, { makes: true }, async (state) => {
    const names: string[] = [];
    try {
      await importSandboxes(file, {
        state,
        scratch: await openScratch(vendors),
        replaces: readRequired(given, 'replace', parseSwitch),
        imported: (name) => void names.push(name),
      });
    } catch (thrown) {
      if (names.length > 0) say(`Imported before it failed: ${names.join(', ')}.`);
      throw thrown;
    }
    const shown = describeDataLocation(place.data);
    print(given, { imported: names }, [`Imported ${names.join(', ')} into ${shown}.`]);
    return 0;
  });
}

type Place = Pick<DataConfig, 'data' | 'dataSchema'>;

function readPlace(given: Given): Place {
  if (given['data']?.length === 0) {
    throw new UsageError(
      '--all works on the data itself. Name it: --data DIR, --data postgres://… or --data env:NAME',
    );
  }
  const place = parseData(given, process.env);
  if (place.data !== 'memory') return place;
  throw new UsageError(
    '--data memory holds nothing that could be moved. Name a folder or a database',
  );
}

/** `makes`: whether a database may get its tables. */
async function withState<T>(
  place: Place,
  { makes }: { readonly makes: boolean },
  work: (state: State) => Promise<T>,
): Promise<T> {
  const metrics = createMetrics();
  try {
    const config = { ...place, durability: 'disk', journalSize: 0 } as const;
    const log = (_level: string, text: string): void => say(text);
    const state = await openState(config, { vendors, metrics, log, makesTables: makes });
    try {
      return await work(state);
    } finally {
      await state.store.close();
    }
  } finally {
    metrics.close();
  }
}

/** A file that was there stays until the new one is whole. */
async function writeWhole(file: string, text: Readable): Promise<void> {
  const part = `${file}.part`;
  try {
    await pipeline(text, createWriteStream(part));
    await rename(part, file);
  } catch (cause) {
    await rm(part, { force: true });
    const isFileSystem = cause instanceof Error && 'syscall' in cause;
    if (!isFileSystem) throw cause;
    throw new UsageError(`${file} cannot be written: ${messageOf(cause)}`, { cause });
  }
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
