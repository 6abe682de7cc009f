/** A sandbox's content as it is exported and put back. */
import { MockError } from '../../../errors.ts';
import type { Collection, SandboxContent } from '../../store.ts';
import { copyBlocks } from './sorted-list.ts';
import { changeCounter, createState, noChanges } from './state.ts';
import type { SandboxState } from './state.ts';
import { insertRecord } from './transaction.ts';

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

/** Checks keys and unique values as inserting one by one does. */
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

function unknownCollection(name: string): MockError {
  return new MockError(
    'damaged-data',
    `The content has a collection "${name}" that this version does not know. Take it out, or use the version that wrote it.`,
  );
}
