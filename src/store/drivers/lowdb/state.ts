/** A sandbox's content in memory, and what the running transaction changed of it. */
import type { Collection, Key } from '../../store.ts';
import { createCollectionState, setRecord } from './collection-state.ts';
import type { CollectionState } from './collection-state.ts';
import type { StoredRecord } from './stored-record.ts';

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

export function changeCounter(state: SandboxState, name: string, value: number): void {
  const { counters, changes } = state;
  if (!changes.counters.has(name)) changes.counters.set(name, counters.get(name));
  counters.set(name, value);
}

/** Puts all back as it was. */
export function undo(state: SandboxState, changes: Changes): void {
  for (const [collection, before] of changes.records) {
    for (const [key, record] of before) setRecord(collection, key, record);
  }
  for (const [name, value] of changes.counters) {
    if (value === undefined) state.counters.delete(name);
    else state.counters.set(name, value);
  }
}
