/** Records and counters as rows of the table `records`. */
import { createHash } from 'node:crypto';
import type { Row } from '../../../database/database.ts';
import { setRecord, type CollectionState } from '../../memory/collection-state.ts';
import type { Changes, SandboxState } from '../../memory/state.ts';
import { deepFreeze, keyOf, type StoredRecord } from '../../record.ts';
import type { Key } from '../../store.ts';

/** The collection of the counters: each is a row whose key is the name of what it counts. */
const COUNTERS = '#counters';
/** A longer key would not fit into PostgreSQL's index. */
const MAX_KEY_LENGTH = 400;

export type RecordRow = {
  readonly collection: string;
  /** JSON of the key, or a digest of it. */
  readonly key: string;
  /** True: the record was removed, and `body` is its key. The row tells other replicas. */
  readonly gone: boolean;
  /** JSON text: it can hold every character, which PostgreSQL's text and jsonb cannot. */
  readonly body: string;
};

function toRow(collection: string, key: Key, record: StoredRecord | undefined): RecordRow {
  const text = JSON.stringify(key);
  return {
    collection,
    key: storedKey(text),
    gone: record === undefined,
    body: record ? JSON.stringify(record) : text,
  };
}

export function storedKey(text: string): string {
  if (text.length <= MAX_KEY_LENGTH) return text;
  return `#${createHash('sha256').update(text).digest('base64url')}`;
}

function counterRow(name: string, count: number | undefined): RecordRow {
  const gone = count === undefined;
  return {
    collection: COUNTERS,
    key: storedKey(JSON.stringify(name)),
    gone,
    body: JSON.stringify(gone ? name : [name, count]),
  };
}

/** What changed in the state since `before`. Without what was changed back. */
export function changedRows(state: SandboxState, before: Changes): readonly RecordRow[] {
  const rows: RecordRow[] = [];
  for (const [collection, records] of before.records) {
    for (const [key, record] of records) {
      const now = collection.byKey.get(key);
      if (now !== record) rows.push(toRow(collection.name, key, now));
    }
  }
  for (const [name, count] of before.counters) {
    const now = state.counters.get(name);
    if (now !== count) rows.push(counterRow(name, now));
  }
  return rows;
}

/** All rows of a state. */
export function allRows({ collections, counters }: SandboxState): readonly RecordRow[] {
  return [
    ...[...collections.values()].flatMap(({ name, byKey }) =>
      [...byKey].map(([key, record]) => toRow(name, key, record)),
    ),
    ...[...counters].map(([name, count]) => counterRow(name, count)),
  ];
}

/** Puts a row into the state, without checks: the replica that wrote it has made them. */
export function applyRow(state: SandboxState, row: Row): void {
  const { collection: name, gone, body } = row as RecordRow;
  const value: unknown = JSON.parse(body);
  if (name === COUNTERS) {
    if (gone) state.counters.delete(value as string);
    else state.counters.set(...(value as [string, number]));
    return;
  }
  const collection = state.collections.get(name);
  // Of a newer program, or of a vendor that this replica does not serve.
  if (!collection) return;
  if (gone) setRecord(collection, value as Key, undefined);
  else putRecord(collection, deepFreeze(value as StoredRecord));
}

function putRecord(collection: CollectionState, record: StoredRecord): void {
  setRecord(collection, keyOf(record, collection.keyField), record);
}
