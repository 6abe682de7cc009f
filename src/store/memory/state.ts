/** The content of a sandbox in memory, with the changes of the running transaction and their undo. */
import { keyTaken, unknownCollection } from '../faults.ts';
import { counterAfter, frozenCopy, keyOf } from '../record.ts';
import type { StoredRecord } from '../record.ts';
import type { Collection, Key, SandboxContent } from '../store.ts';
import { checkUnique, createCollectionState, setRecord } from './collection-state.ts';
import type { CollectionState } from './collection-state.ts';
import { copyBlocks } from './sorted-list.ts';

export type SandboxState = {
  /** By collection name. Unused counters are absent. */
  readonly counters: Map<string, number>;
  readonly collections: ReadonlyMap<string, CollectionState>;
  /** Of the running transaction. */
  changes: Changes;
};

/** The previous value. Undefined: it did not exist. */
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

/** Also false if the changes cancel each other out. */
export function hasChanges({ counters, changes }: SandboxState): boolean {
  for (const [name, before] of changes.counters) if (counters.get(name) !== before) return true;
  for (const [collection, records] of changes.records) {
    for (const [key, before] of records) if (collection.byKey.get(key) !== before) return true;
  }
  return false;
}

/** The record without the changes of the running transaction. */
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

/** Throws `duplicate-key` if the key or a unique value already exists. */
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

/** Undoes all changes. */
export function undo({ counters }: SandboxState, changes: Changes): void {
  for (const [collection, before] of changes.records) {
    for (const [key, record] of before) setRecord(collection, key, record);
  }
  for (const [name, value] of changes.counters) {
    if (value === undefined) counters.delete(name);
    else counters.set(name, value);
  }
}

/** Omits collections without records. */
export function exportState({ counters, collections }: SandboxState): SandboxContent {
  const filled = [...collections.values()].filter(({ ordered }) => ordered.size > 0);
  return {
    counters: Object.fromEntries(counters),
    records: Object.fromEntries(
      filled.map(({ name, ordered }) => [name, copyBlocks(ordered).flat()]),
    ),
  };
}

/** Checks keys and unique values like single inserts do. Throws `damaged-data` for an unknown collection. */
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
