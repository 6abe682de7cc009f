/** Named copies of a sandbox's content. They are records of the sandbox, so they live as long as it does. */
import { MockError } from '../errors.ts';
import type { Collection, SandboxContent, Store } from '../store/store.ts';
import type { Windows } from '../shared/shared.ts';

export type Snapshot = {
  readonly name: string;
  /** Real time, ISO 8601. */
  readonly takenAt: string;
  /** Without the snapshots. */
  readonly content: SandboxContent;
  /** The rate limit windows. */
  readonly meters: Windows;
};

export const snapshots: Collection<Snapshot> = { name: 'mock.snapshots', key: 'name', indexes: [] };

/** Each one is a full copy, also in memory. */
const MAX_SNAPSHOTS = 50;

/**
 * Stores the content of the sandbox under a name, replacing any snapshot with that name. `isNew`: there was none.
 * Throws `MockError` `no-such-sandbox`, or `too-many-snapshots`.
 */
export async function takeSnapshot(
  store: Store,
  sandbox: string,
  named: Omit<Snapshot, 'content'>,
): Promise<{ readonly snapshot: Snapshot; readonly isNew: boolean }> {
  const snapshot = { ...named, content: withoutSnapshots(await store.export(sandbox)) };
  return store.transact(sandbox, async (transaction) => {
    const records = transaction.in(snapshots);
    const isNew = (await records.get(named.name)) === undefined;
    if (!isNew) await records.update(snapshot);
    else if ((await records.count()) < MAX_SNAPSHOTS) await records.insert(snapshot);
    else {
      throw new MockError(
        'too-many-snapshots',
        `The sandbox ${sandbox} has ${MAX_SNAPSHOTS} snapshots, which is the maximum. Remove one, or overwrite one by using its name.`,
      );
    }
    return { snapshot, isNew };
  });
}

/** Throws `MockError` `no-such-snapshot`, which lists the existing snapshots. */
export async function findSnapshot(store: Store, sandbox: string, name: string): Promise<Snapshot> {
  const all = await listSnapshots(store, sandbox);
  return all.find((each) => each.name === name) ?? refuse(sandbox, name, all);
}

/** Sorted by name. */
export function listSnapshots(store: Store, sandbox: string): Promise<readonly Snapshot[]> {
  return store.transact(sandbox, (transaction) => transaction.in(snapshots).find());
}

/** Throws `MockError` `no-such-snapshot`. */
export async function removeSnapshot(store: Store, sandbox: string, name: string): Promise<void> {
  await store.transact(sandbox, async (transaction) => {
    const records = transaction.in(snapshots);
    if (!(await records.remove(name))) refuse(sandbox, name, await records.find());
  });
}

/** The content with its snapshots replaced or removed. */
export function withSnapshots(content: SandboxContent, kept: readonly Snapshot[]): SandboxContent {
  const { records, ...rest } = withoutSnapshots(content);
  return kept.length === 0
    ? { ...rest, records }
    : { ...rest, records: { ...records, [snapshots.name]: kept } };
}

function withoutSnapshots({ counters, records }: SandboxContent): SandboxContent {
  const { [snapshots.name]: _snapshots, ...others } = records;
  return { counters, records: others };
}

function refuse(sandbox: string, name: string, known: readonly Snapshot[]): never {
  const names = known.map((each) => each.name).join(', ') || 'none';
  throw new MockError(
    'no-such-snapshot',
    `The sandbox ${sandbox} has no snapshot "${name.slice(0, 80)}". It has: ${names}.`,
  );
}
