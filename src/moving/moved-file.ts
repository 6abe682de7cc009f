/**
 * The file that carries sandboxes from one place to another: a JSON value a line.
 *
 * ```
 * {"license-mock":"sandboxes","format":1}
 * {"sandbox":"checkout","counters":{"ibl.platforms":3}}      each sandbox begins so
 * {"in":"ibl.platforms","record":{…}}                        its records
 * {"records":1,"sha256":"…"}                                 and ends so; the sum is of all its lines before
 * {"sandboxes":1}                                            the last line
 * ```
 */
import { createHash } from 'node:crypto';
import { MockError, messageOf } from '../errors.ts';
import { isJsonObject, type JsonObject } from '../messages/json.ts';
import type { SandboxContent } from '../store/store.ts';
import { readFileLines } from './file-lines.ts';

export type MovedSandbox = { readonly name: string; readonly content: SandboxContent };

const FORMAT = 1;

/** The texts to write, one after the other. */
export async function* renderMoved(sandboxes: AsyncIterable<MovedSandbox>): AsyncGenerator<string> {
  yield line({ 'license-mock': 'sandboxes', format: FORMAT });
  let count = 0;
  for await (const sandbox of sandboxes) {
    yield* renderSandbox(sandbox);
    count += 1;
  }
  yield line({ sandboxes: count });
}

function* renderSandbox({ name, content }: MovedSandbox): Generator<string> {
  const sum = createHash('sha256');
  const summed = (text: string): string => {
    sum.update(text);
    return text;
  };
  // Sorted, because the drivers keep them in different orders.
  const counters = Object.fromEntries(sorted(content.counters));
  yield summed(line({ sandbox: name, counters }));
  let count = 0;
  for (const [collection, records] of sorted(content.records)) {
    for (const record of records) yield summed(line({ in: collection, record }));
    count += records.length;
  }
  yield line({ records: count, sha256: sum.digest('hex') });
}

function sorted<T>(values: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

type Reading = {
  readonly name: string;
  readonly counters: Record<string, number>;
  readonly records: Record<string, JsonObject[]>;
  count: number;
  readonly sum: ReturnType<typeof createHash>;
};

/** Rejects with `MockError` `damaged-data` that names file and line, also where the file ends too early. */
export async function* readMoved(file: string): AsyncGenerator<MovedSandbox> {
  let reading: Reading | undefined;
  let last = 0;
  let done = 0;
  let isComplete = false;
  for await (const { number, bytes, isWhole } of readLinesOf(file)) {
    last = number;
    const wrong = (what: string): MockError => damaged(`${file}:${number} ${what}`);
    if (isComplete) throw wrong('follows the last line.');
    const value = isWhole ? parseLine(bytes) : undefined;
    if (!value) throw wrong('is not a whole line of JSON.');
    if (number === 1) checkStart(value, file);
    else if (typeof value['in'] === 'string' && isJsonObject(value['record']) && reading) {
      (reading.records[value['in']] ??= []).push(value['record']);
      reading.count += 1;
      addTo(reading.sum, bytes);
    } else if (typeof value['sandbox'] === 'string' && isCounters(value['counters']) && !reading) {
      const { sandbox: name, counters } = value;
      reading = { name, counters, records: {}, count: 0, sum: createHash('sha256') };
      addTo(reading.sum, bytes);
    } else if (typeof value['records'] === 'number' && reading) {
      const { name, counters, records, count, sum } = reading;
      if (value['records'] !== count || value['sha256'] !== sum.digest('hex')) {
        throw wrong(`the lines of the sandbox ${name} are not those that were written.`);
      }
      yield { name, content: { counters, records } };
      done += 1;
      reading = undefined;
    } else if (typeof value['sandboxes'] === 'number' && !reading) {
      if (value['sandboxes'] !== done) throw wrong('sandboxes are missing before this line.');
      isComplete = true;
    } else throw wrong('does not belong here.');
  }
  if (!isComplete) throw damaged(`${file} ends after line ${last}, before its last line.`);
}

async function* readLinesOf(file: string): ReturnType<typeof readFileLines> {
  try {
    yield* readFileLines(file);
  } catch (cause) {
    if (cause instanceof MockError) throw cause;
    throw new MockError('bad-option', `${file} cannot be read: ${messageOf(cause)}.`, { cause });
  }
}

function checkStart({ 'license-mock': kind, format }: JsonObject, file: string): void {
  if (kind !== 'sandboxes' || typeof format !== 'number') {
    throw damaged(`${file} was not written by "license-mock sandbox export --all".`);
  }
  if (format === FORMAT) return;
  throw damaged(
    `${file} has format ${format}, and this license-mock reads format ${FORMAT}. Use the version that wrote it.`,
  );
}

function isCounters(value: unknown): value is Record<string, number> {
  return isJsonObject(value) && Object.values(value).every(Number.isSafeInteger);
}

function addTo(sum: Reading['sum'], bytes: Buffer): void {
  sum.update(bytes).update('\n');
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parseLine(bytes: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function damaged(what: string): MockError {
  return new MockError('damaged-data', `${what} Export the sandboxes again.`);
}
