/** A sandbox's content in memory, what the running transaction changed of it, and how that is undone. */
import { keyTaken, unknownCollection } from '../../../faults.ts';
import { counterAfter, frozenCopy, keyOf } from '../../../record.ts';
import type { StoredRecord } from '../../../record.ts';
import type { Collection, Key, SandboxContent } from '../../../store.ts';
import { checkUnique, createCollectionState, setRecord } from './collection-state.ts';
import type { CollectionState } from './collection-state.ts';
import { copyBlocks } from './sorted-list.ts';

export type SandboxState = {
  /** By collection name; a counter that was never used is not there. */
  readonly counters: Map<string, number>;
  readonly collections: ReadonlyMap<string, CollectionState>;
  /** Of the running transaction. */
  changes: Changes;
};

/** How things were before; undefined: not there. */
export type Changes = {
  readonly counters: Map<string, number | undefined>;
  readonly records: Map<CollectionState, Map<Key, StoredRecord | undefined>>;
};

export function createState(collections: readonly Collection<never>[]): SandboxState {
  return {
    counters: new Map(),
    collections: new Map(collections.map((each) => [each.name, createCollectionState(each)])),
    changes: noChanges(),
  };
}

export function noChanges(): Changes {
  return { counters: new Map(), records: new Map() };
}

/** False also where what was done came to nothing. */
export function hasChanges({ counters, changes }: SandboxState): boolean {
  for (const [name, before] of changes.counters) if (counters.get(name) !== before) return true;
  for (const [collection, records] of changes.records) {
    for (const [key, before] of records) if (collection.byKey.get(key) !== before) return true;
  }
  return false;
}

/** The record without what the running transaction has done to it. */
export function committedRecord(
  { collections, changes }: SandboxState,
  name: string,
  key: Key,
): StoredRecord | undefined {
  const collection = collections.get(name);
  const before = collection && changes.records.get(collection);
  return before?.has(key) ? before.get(key) : collection?.byKey.get(key);
}

export function changeRecord(
  { changes }: SandboxState,
  collection: CollectionState,
  key: Key,
  record: StoredRecord | undefined,
): void {
  let before = changes.records.get(collection);
  if (!before) changes.records.set(collection, (before = new Map()));
  if (!before.has(key)) before.set(key, collection.byKey.get(key));
  setRecord(collection, key, record);
}

export function changeCounter(
  { counters, changes }: SandboxState,
  name: string,
  value: number,
): void {
  if (!changes.counters.has(name)) changes.counters.set(name, counters.get(name));
  counters.set(name, value);
}

/** Throws `duplicate-key` where the key or a unique value is taken. */
export function insertRecord(
  state: SandboxState,
  collection: CollectionState,
  record: object,
): void {
  const { name, keyField } = collection;
  const copy = frozenCopy(record);
  const key = keyOf(copy, keyField);
  if (collection.byKey.has(key)) throw keyTaken(name, keyField, key);
  checkUnique(collection, key, copy);
  changeRecord(state, collection, key, copy);
  const counter = state.counters.get(name) ?? 0;
  const next = counterAfter(key, counter);
  if (next !== counter) changeCounter(state, name, next);
}

/** Puts all back as it was. */
export function undo({ counters }: SandboxState, changes: Changes): void {
  for (const [collection, before] of changes.records) {
    for (const [key, record] of before) setRecord(collection, key, record);
  }
  for (const [name, value] of changes.counters) {
    if (value === undefined) counters.delete(name);
    else counters.set(name, value);
  }
}

/** Collections without records are left out. */
export function exportState({ counters, collections }: SandboxState): SandboxContent {
  const filled = [...collections.values()].filter(({ ordered }) => ordered.size > 0);
  return {
    counters: Object.fromEntries(counters),
    records: Object.fromEntries(
      filled.map(({ name, ordered }) => [name, copyBlocks(ordered).flat()]),
    ),
  };
}

/** Checks keys and unique values as inserting one by one does. Throws `damaged-data` for an unknown collection. */
export function importState(
  collections: readonly Collection<never>[],
  { counters, records }: SandboxContent,
): SandboxState {
  const state = createState(collections);
  for (const [name, list] of Object.entries(records)) {
    const collection = state.collections.get(name);
    if (!collection) throw unknownCollection(name);
    for (const record of list) insertRecord(state, collection, record);
  }
  for (const [name, count] of Object.entries(counters)) {
    if (!state.collections.has(name)) throw unknownCollection(name);
    changeCounter(state, name, Math.max(count, state.counters.get(name) ?? 0));
  }
  state.changes = noChanges();
  return state;
}
