/**
 * What the store costs: per create and per read, at 10, 1,000 and 100,000 stored licenses, and how long
 * compaction keeps others waiting. Takes about half a minute.
 *
 *     node bench/state/state-bench.ts [folder]      folder: on the disk to measure; default: the system's temporary one
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createLowdbStore } from '../../src/store/drivers/lowdb/lowdb-store.ts';
import type { LowdbStoreOptions } from '../../src/store/drivers/lowdb/lowdb-store.ts';
import type { Collection, Query, Store } from '../../src/store/store.ts';
import { watchTurns } from './watch-turns.ts';

type License = {
  id: number;
  external_id: string;
  platform_key: string;
  name: string;
  count: number;
  metadata: Record<string, string>;
  history: { change_type: string; transaction_id: string; changed_at: string }[];
};

const licenses: Collection<License> = {
  name: 'bench.licenses',
  key: 'id',
  indexes: [
    { field: 'external_id', unique: true },
    { field: 'platform_key', unique: false },
  ],
};

const SIZES = [10, 1_000, 100_000];
const DURABILITIES = ['process', 'disk'] as const;
const NEVER = { compactAboveBytes: Number.MAX_SAFE_INTEGER };

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function microseconds(ms: number): string {
  return `${(ms * 1000).toFixed(1)} µs`;
}

function open(data: string, options: Partial<LowdbStoreOptions> = {}): Promise<Store> {
  return createLowdbStore({
    data,
    durability: 'process',
    collections: [licenses],
    log: (level, message) => print(`${level}: ${message}`),
    ...options,
  });
}

function license(id: number): License {
  return {
    id,
    external_id: `order-${id}`,
    platform_key: `platform-${id % 5}`,
    name: `Bar exam preparation, group ${id}`,
    count: 100,
    metadata: { region: 'north', contact: `teacher-${id}@example.org` },
    history: [
      { change_type: 'create', transaction_id: `t-${id}`, changed_at: '2026-01-01T00:00:00Z' },
    ],
  };
}

/** As a handler does: looks whether the external id is taken, takes an id, stores. */
function create(store: Store): Promise<number> {
  return store.transact('default', async (transaction) => {
    const inLicenses = transaction.in(licenses);
    const id = await inLicenses.nextId();
    const where = [{ field: 'external_id', equals: `order-${id}` }] as const;
    if ((await inLicenses.count(where)) > 0) throw new Error(`order-${id} is taken.`);
    await inLicenses.insert(license(id));
    return id;
  });
}

async function fill(store: Store, size: number): Promise<void> {
  for (let from = 1; from <= size; from += 1000) {
    await store.transact('default', async (transaction) => {
      const to = Math.min(from + 999, size);
      for (let id = from; id <= to; id++) await transaction.in(licenses).insert(license(id));
    });
  }
}

/** Milliseconds per call. */
async function time(calls: number, call: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let at = 0; at < calls; at++) await call();
  return (performance.now() - start) / calls;
}

async function timeAtOnce(calls: number, call: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await Promise.all(Array.from({ length: calls }, call));
  return (performance.now() - start) / calls;
}

function logBytes(data: string): number {
  const folder = path.join(data, 'license-mock', 'default');
  const logs = fs.readdirSync(folder).filter((name) => name.startsWith('log-'));
  return logs.reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0);
}

async function benchCreates(folder: string): Promise<void> {
  print('| create | stored | time | bytes | at once: time |');
  print('|---|---:|---:|---:|---:|');
  for (const durability of DURABILITIES) {
    for (const size of SIZES) {
      const data = fs.mkdtempSync(path.join(folder, 'creates-'));
      const store = await open(data, { durability, limits: NEVER });
      await fill(store, size);
      await time(300, () => create(store));
      const calls = durability === 'disk' ? 300 : 3000;
      const before = logBytes(data);
      const ms = await time(calls, () => create(store));
      const bytes = (logBytes(data) - before) / calls;
      const atOnce = await timeAtOnce(calls, () => create(store));
      await store.close();
      const cells = [microseconds(ms), bytes.toFixed(0), microseconds(atOnce)];
      print(`| ${durability} | ${size} | ${cells.join(' | ')} |`);
    }
  }
  for (const size of SIZES) {
    const store = await open('memory');
    await fill(store, size);
    await time(300, () => create(store));
    print(`| in memory | ${size} | ${microseconds(await time(3000, () => create(store)))} | 0 | |`);
  }
}

async function benchReads(): Promise<void> {
  const reads: [string, Query<License>][] = [
    ['first page of 20, key descending', { sort: DESCENDING, limit: 20 }],
    ['page of 20 after 90,000', { sort: DESCENDING, limit: 20, offset: 90_000 }],
    ['first page of 20 of one platform', { where: PLATFORM, sort: DESCENDING, limit: 20 }],
    ['by external id', { where: [{ field: 'external_id', equals: 'order-7' }] }],
    ['first page of 20, sorted by name', { sort: BY_NAME, limit: 20 }],
    ['first page of 20 with "7" in the name', { where: NAMED, sort: DESCENDING, limit: 20 }],
  ];
  const stores = await Promise.all(SIZES.map(() => open('memory')));
  for (const [at, store] of stores.entries()) await fill(store, SIZES[at] ?? 0);
  print('');
  print(`| read | ${SIZES.map((size) => `${size} stored`).join(' | ')} |`);
  print(`|---|${SIZES.map(() => '---:|').join('')}`);
  for (const [name, query] of reads) {
    const cells: string[] = [];
    for (const [at, store] of stores.entries()) {
      const scans = name.includes('sorted') && (SIZES[at] ?? 0) > 1000;
      const calls = scans ? 20 : 2000;
      await time(calls / 4, () => find(store, query));
      cells.push(microseconds(await time(calls, () => find(store, query))));
    }
    print(`| ${name} | ${cells.join(' | ')} |`);
  }
}

const DESCENDING = { field: 'id', direction: 'descending' } as const;
const BY_NAME = { field: 'name', direction: 'ascending' } as const;
const PLATFORM = [{ field: 'platform_key', equals: 'platform-2' }] as const;
const NAMED = [{ field: 'name', contains: '7' }] as const;

function find(store: Store, query: Query<License>): Promise<unknown> {
  return store.transact('default', (transaction) => transaction.in(licenses).find(query));
}

async function benchCompaction(folder: string): Promise<void> {
  const data = fs.mkdtempSync(path.join(folder, 'compaction-'));
  const size = SIZES.at(-1) ?? 0;
  const before = await open(data, { limits: NEVER });
  await fill(before, size);
  await before.close();
  const bytes = logBytes(data);

  const loading = watchTurns();
  // Due once it is warm: what the collector does after loading is no part of compaction.
  const store = await open(data, { limits: { compactAboveBytes: bytes + 5_000_000 } });
  print('');
  print(`| ${size} stored, ${(bytes / 1e6).toFixed(1)} MB | took | longest pause |`);
  print('|---|---:|---:|');
  print(`| load at start | ${loading.stop()} |`);

  const files = (name: string): boolean =>
    fs.existsSync(path.join(data, 'license-mock', 'default', name));
  while (!files('log-2.jsonl')) await createAndTurn(store, 100);
  const compacting = watchTurns();
  let slowest = 0;
  while (files('log-1.jsonl')) slowest = Math.max(slowest, await createAndTurn(store, 1));
  print(`| compaction, with creates meanwhile | ${compacting.stop()} |`);
  print(`| slowest create meanwhile | ${slowest.toFixed(1)} ms | |`);
  await store.close();
}

/** Milliseconds per create; lets others have their turn after. */
async function createAndTurn(store: Store, creates: number): Promise<number> {
  const ms = await time(creates, () => create(store));
  await new Promise((resolve) => setImmediate(resolve));
  return ms;
}

const folder = fs.mkdtempSync(path.join(process.argv[2] ?? os.tmpdir(), 'license-mock-bench-'));
try {
  print(`node ${process.version}, ${os.cpus()[0]?.model ?? 'unknown'}, ${process.platform}\n`);
  await benchCreates(folder);
  await benchReads();
  await benchCompaction(folder);
} finally {
  fs.rmSync(folder, { recursive: true });
}
