/** The lines of snapshots and logs: one JSON value per line. */
import { deepFreeze, keyOf } from '../../record.ts';
import type { StoredRecord } from '../../record.ts';
import type { Key } from '../../store.ts';
import { setRecord } from '../../memory/collection-state.ts';
import type { CollectionState } from '../../memory/collection-state.ts';
import type { SandboxState } from '../../memory/state.ts';

const VERSION = 1;

/** The start of every log or snapshot with this number. */
export function fileStart(kind: 'log' | 'snapshot', number: number): string {
  const format = `license-mock ${kind}`;
  return JSON.stringify({ format, version: VERSION, number }).replace(/\}$/, ',');
}

/** The first line of a log: it continues after commit `after`. */
export function logHeader(number: number, after: number): string {
  return toLine({ format: 'license-mock log', version: VERSION, number, after });
}

/** The first line of a snapshot, which holds the state after commit `seq`. */
export function snapshotHeader(number: number, seq: number, counters: Map<string, number>): string {
  const format = 'license-mock snapshot';
  return toLine({ format, version: VERSION, number, seq, counters: Object.fromEntries(counters) });
}

/** The last line of a snapshot. Without it, the snapshot is incomplete. */
export function snapshotFooter(records: number): string {
  return toLine({ end: true, records });
}

export function recordLine(collection: string, record: StoredRecord): string {
  return toLine([collection, record]);
}

/** The final changes of the running transaction, as one line. */
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

/** Like all functions below, throws an error with the reason. The caller adds file and line. */
export function checkLogHeader(text: string, number: number, after: number): void {
  const header = parseObject(text);
  checkFormat(header, 'license-mock log', number);
  if (header['after'] === after) return;
  throw new Error(
    `continues after commit ${JSON.stringify(header['after'])}, but the files before it end at ${after}`,
  );
}

/** Reads the counters into the state. Returns the number of the snapshot's last commit. */
export function readSnapshotHeader(text: string, number: number, state: SandboxState): number {
  const header = parseObject(text);
  checkFormat(header, 'license-mock snapshot', number);
  readCounters(header['counters'], state);
  return wholeNumber(header['seq'], 'seq');
}

/** For a footer, returns the number of records. Otherwise reads the record into the state. */
export function readSnapshotLine(text: string, state: SandboxState): number | undefined {
  const value: unknown = JSON.parse(text);
  if (isObject(value) && value['end'] === true) return wholeNumber(value['records'], 'records');
  apply('inserts', value, state);
  return undefined;
}

export function applyCommit(text: string, expectedSeq: number, state: SandboxState): void {
  const commit = parseObject(text);
  if (commit['seq'] !== expectedSeq) {
    throw new Error(`has seq ${JSON.stringify(commit['seq'])} instead of ${expectedSeq}`);
  }
  readCounters(commit['counters'] ?? {}, state);
  for (const entry of listOf(commit['remove'])) apply('removes', entry, state);
  for (const entry of listOf(commit['update'])) apply('updates', entry, state);
  for (const entry of listOf(commit['insert'])) apply('inserts', entry, state);
}

function apply(does: 'inserts' | 'updates' | 'removes', entry: unknown, state: SandboxState): void {
  if (!Array.isArray(entry) || entry.length !== 2) {
    throw new Error('is not a pair of collection and record');
  }
  const [name, value]: unknown[] = entry;
  const collection = collectionNamed(name, state);
  const record = does === 'removes' ? undefined : recordOf(value);
  const key = record ? keyOf(record, collection.keyField) : value;
  if (typeof key !== 'number' && typeof key !== 'string')
    throw new Error('removes something that is not a key');
  const isThere = collection.byKey.has(key);
  if (isThere === (does === 'inserts')) {
    const finding = isThere ? 'already exists' : 'does not exist';
    throw new Error(`${does} ${collection.name} ${JSON.stringify(key)}, which ${finding}`);
  }
  setRecord(collection, key, record);
}

function recordOf(value: unknown): StoredRecord {
  if (isObject(value)) return deepFreeze(value);
  throw new Error('contains no record');
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
  throw new Error(`names ${JSON.stringify(name)}, an unknown collection`);
}

function checkFormat(header: StoredRecord, format: string, number: number): void {
  if (header['format'] !== format) throw new Error(`is not the header of a ${format}`);
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
  throw new Error('is not a JSON object');
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw new Error('has another value where a list is required');
}

function wholeNumber(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new Error(`has ${JSON.stringify(value)} as ${name}, which is not a whole number`);
}

function isObject(value: unknown): value is StoredRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
