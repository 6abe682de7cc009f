/** The lines of snapshots and logs: JSON, one value a line. */
import { deepFreeze, keyOf } from '../../record.ts';
import type { StoredRecord } from '../../record.ts';
import type { Key } from '../../store.ts';
import { setRecord } from './collection-state.ts';
import type { CollectionState } from './collection-state.ts';
import type { SandboxState } from './state.ts';

const VERSION = 1;

/** What every log or snapshot of that number begins with. */
export function fileStart(kind: 'log' | 'snapshot', number: number): string {
  const format = `license-mock ${kind}`;
  return JSON.stringify({ format, version: VERSION, number }).replace(/\}$/, ',');
}

/** The first line of a log: it goes on after commit `after`. */
export function logHeader(number: number, after: number): string {
  return toLine({ format: 'license-mock log', version: VERSION, number, after });
}

/** The first line of a snapshot: what was true after commit `seq`. */
export function snapshotHeader(number: number, seq: number, counters: Map<string, number>): string {
  const format = 'license-mock snapshot';
  return toLine({ format, version: VERSION, number, seq, counters: Object.fromEntries(counters) });
}

/** The last line of a snapshot, without which it is not whole. */
export function snapshotFooter(records: number): string {
  return toLine({ end: true, records });
}

export function recordLine(collection: string, record: StoredRecord): string {
  return toLine([collection, record]);
}

/** What the running transaction changed in the end, as one line. */
export function commitLine(seq: number, { counters, changes }: SandboxState): string {
  const counted = [...changes.counters.keys()].map((name) => [name, counters.get(name)]);
  const insert: [string, StoredRecord][] = [];
  const update: [string, StoredRecord][] = [];
  const remove: [string, Key][] = [];
  for (const [{ name, byKey }, records] of changes.records) {
    for (const [key, before] of records) {
      const after = byKey.get(key);
      if (after && after !== before) (before ? update : insert).push([name, after]);
      else if (before && !after) remove.push([name, key]);
    }
  }
  return toLine({
    seq,
    ...(counted.length > 0 && { counters: Object.fromEntries(counted) }),
    ...(insert.length > 0 && { insert }),
    ...(update.length > 0 && { update }),
    ...(remove.length > 0 && { remove }),
  });
}

function toLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

/** Throws, as all below, an error that says what is wrong, for who knows file and line. */
export function checkLogHeader(text: string, number: number, after: number): void {
  const header = parseObject(text);
  checkFormat(header, 'license-mock log', number);
  if (header['after'] === after) return;
  throw new Error(
    `goes on after commit ${JSON.stringify(header['after'])}, but the files before it end with ${after}`,
  );
}

/** Takes the counters into the state; gives the number of the last commit that is in the snapshot. */
export function readSnapshotHeader(text: string, number: number, state: SandboxState): number {
  const header = parseObject(text);
  checkFormat(header, 'license-mock snapshot', number);
  readCounters(header['counters'], state);
  return wholeNumber(header['seq'], 'seq');
}

/** Gives the number of records where the line is a footer, else takes its record into the state. */
export function readSnapshotLine(text: string, state: SandboxState): number | undefined {
  const value: unknown = JSON.parse(text);
  if (isObject(value) && value['end'] === true) return wholeNumber(value['records'], 'records');
  applyInsert(value, state);
  return undefined;
}

export function applyCommit(text: string, expectedSeq: number, state: SandboxState): void {
  const commit = parseObject(text);
  if (commit['seq'] !== expectedSeq) {
    throw new Error(`has seq ${JSON.stringify(commit['seq'])} where ${expectedSeq} must come`);
  }
  readCounters(commit['counters'] ?? {}, state);
  for (const entry of listOf(commit['remove'])) applyRemove(entry, state);
  for (const entry of listOf(commit['update'])) applyUpdate(entry, state);
  for (const entry of listOf(commit['insert'])) applyInsert(entry, state);
}

function applyInsert(entry: unknown, state: SandboxState): void {
  const { collection, key, record } = readRecord(entry, state);
  if (collection.byKey.has(key)) {
    throw new Error(`inserts ${collection.name} ${JSON.stringify(key)}, which is there already`);
  }
  setRecord(collection, key, record);
}

function applyUpdate(entry: unknown, state: SandboxState): void {
  const { collection, key, record } = readRecord(entry, state);
  checkThere(collection, key, 'updates');
  setRecord(collection, key, record);
}

function applyRemove(entry: unknown, state: SandboxState): void {
  const [collection, key] = readPair(entry, state);
  if (typeof key !== 'number' && typeof key !== 'string') throw new Error('removes what is no key');
  checkThere(collection, key, 'removes');
  setRecord(collection, key, undefined);
}

function checkThere({ name, byKey }: CollectionState, key: Key, does: string): void {
  if (!byKey.has(key))
    throw new Error(`${does} ${name} ${JSON.stringify(key)}, which is not there`);
}

function readRecord(
  entry: unknown,
  state: SandboxState,
): { collection: CollectionState; key: Key; record: StoredRecord } {
  const [collection, record] = readPair(entry, state);
  if (!isObject(record)) throw new Error('holds no record');
  return { collection, key: keyOf(record, collection.keyField), record: deepFreeze(record) };
}

function readPair(entry: unknown, state: SandboxState): [CollectionState, unknown] {
  if (!Array.isArray(entry) || entry.length !== 2) {
    throw new Error('is no pair of collection and record');
  }
  return [collectionNamed(entry[0], state), entry[1]];
}

function readCounters(value: unknown, state: SandboxState): void {
  if (!isObject(value)) throw new Error('has no counters');
  for (const [name, count] of Object.entries(value)) {
    collectionNamed(name, state);
    state.counters.set(name, wholeNumber(count, `counters ${name}`));
  }
}

function collectionNamed(name: unknown, { collections }: SandboxState): CollectionState {
  const collection = typeof name === 'string' ? collections.get(name) : undefined;
  if (collection) return collection;
  throw new Error(`names ${JSON.stringify(name)}, a collection that this version does not know`);
}

function checkFormat(header: StoredRecord, format: string, number: number): void {
  if (header['format'] !== format) throw new Error(`is no header of a ${format}`);
  if (header['version'] !== VERSION) {
    throw new Error(
      `has format version ${JSON.stringify(header['version'])}; this version of license-mock reads ${VERSION}`,
    );
  }
  if (header['number'] !== number) {
    throw new Error(`is the header of number ${JSON.stringify(header['number'])}`);
  }
}

function parseObject(text: string): StoredRecord {
  const value: unknown = JSON.parse(text);
  if (isObject(value)) return value;
  throw new Error('is no JSON object');
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw new Error('holds something else where a list must be');
}

function wholeNumber(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new Error(`has ${JSON.stringify(value)} as ${name}, which is no whole number`);
}

function isObject(value: unknown): value is StoredRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
