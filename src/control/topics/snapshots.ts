/** Named copies of a sandbox that can be restored. */
import type { RecordDifference, SnapshotView } from '../../control-api/control-api.ts';
import type { JsonObject } from '../../messages/json.ts';
import { setups, type Setup } from '../../sandboxes/sandbox.ts';
import {
  findSnapshot,
  listSnapshots,
  removeSnapshot,
  takeSnapshot,
  type Snapshot,
} from '../../sandboxes/snapshots.ts';
import { done, json, sandboxOf, type Call, type ControlParts, type Topic } from '../call.ts';
import { recordsIn, shownCollections } from '../collections.ts';
import { compareRecords } from '../compare-records.ts';
import { collectionsOf, showClock, showSandbox } from './show-sandbox.ts';

const MOST_DIFFERENCES = 1_000;

export const snapshots: Topic = {
  async listSnapshots(call, parts) {
    const { name } = await sandboxOf(call, parts);
    const all = await listSnapshots(parts.store, name);
    return json({ snapshots: all.map((snapshot) => show(snapshot, parts)) });
  },

  async getSnapshot(call, parts) {
    const { name } = await sandboxOf(call, parts);
    return json(show(await findSnapshot(parts.store, name, snapshotOf(call)), parts));
  },

  async takeSnapshot(call, parts) {
    const { name } = await sandboxOf(call, parts);
    const named = {
      name: snapshotOf(call),
      takenAt: new Date(parts.wallClock()).toISOString(),
      meters: await parts.shared.windows(name),
    };
    const { snapshot, isNew } = await parts.sandboxes.alone(name, () =>
      takeSnapshot(parts.store, name, named),
    );
    return json(show(snapshot, parts), isNew ? 201 : 200);
  },

  async removeSnapshot(call, parts) {
    const { name } = await sandboxOf(call, parts);
    await parts.sandboxes.alone(name, () => removeSnapshot(parts.store, name, snapshotOf(call)));
    return done;
  },

  async compareSnapshot(call, parts) {
    const { name } = await sandboxOf(call, parts);
    const { content } = await findSnapshot(parts.store, name, snapshotOf(call));
    const all = await parts.sandboxes.transactNow(name, async (_, transaction) => {
      const found: RecordDifference[] = [];
      for (const { outline } of shownCollections(parts)) {
        const was = (content.records[outline.collection.name] ?? []) as readonly JsonObject[];
        const now = await recordsIn(transaction, outline.collection).find();
        found.push(...compareRecords(outline.collection, was, now));
      }
      return found;
    });
    return json({ differences: all.slice(0, MOST_DIFFERENCES), total: all.length });
  },

  async restoreSnapshot(call, parts) {
    const { name } = await sandboxOf(call, parts);
    await parts.sandboxes.restore(name, () => findSnapshot(parts.store, name, snapshotOf(call)));
    return json(await showSandbox(name, parts, call.origin));
  },
};

function snapshotOf({ parameters }: Call): string {
  return parameters['snapshot'] ?? '';
}

function show(
  { name, takenAt, content }: Snapshot,
  { served, wallClock }: ControlParts,
): SnapshotView {
  // A snapshot covers the whole sandbox. The setup is one of its records.
  const [setup] = content.records[setups.name] as readonly [Setup];
  const counts = collectionsOf(served).map((collection) => [
    collection.name,
    content.records[collection.name]?.length ?? 0,
  ]);
  return {
    name,
    takenAt,
    scenario: setup.scenario,
    seed: setup.seed,
    clock: showClock(setup.clock, wallClock()),
    records: Object.fromEntries(counts),
  };
}
