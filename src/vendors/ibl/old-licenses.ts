/** Takes over program licenses of version 0.1, which stored numbers of assignments instead of assignments. */
import type { Collection } from '../../store/store.ts';
import type { Handler } from '../vendor.ts';
import type { IblConfig, IblWorld } from './credentials.ts';
import { fromChanges, type Changes } from './history.ts';
import { isSeatKind, kinds } from './kinds.ts';
import type { HistoryEntry, License, Usage } from './records.ts';
import { createCrowd } from './scenario/crowd.ts';
import { plantCounts } from './scenario/plant-seats.ts';
import { UNUSED } from './seats/change-seats.ts';

type OldLicense = Omit<License, keyof Usage> & {
  readonly usage_count: number;
  readonly active_assignments: number;
};

export const oldLicenses: Collection<OldLicense> = { name: 'ibl.licenses', key: 'id', indexes: [] };
type OldEntry = Omit<HistoryEntry, 'before' | 'after'> & { readonly changes: Changes };

export const oldHistory: Collection<OldEntry> = { name: 'ibl.history', key: 'id', indexes: [] };

/** Moves all of them, and makes their assignments up. Without any, it costs one count. */
export async function adoptOldLicenses(world: IblWorld): Promise<void> {
  const old = world.in(oldLicenses);
  if ((await old.count()) === 0) return;
  const kind = kinds.filter(isSeatKind).find(({ name }) => name === 'program');
  if (!kind) return;
  const crowd = createCrowd(world);
  for (const { active_assignments: active, usage_count, ...rest } of await old.find()) {
    await old.remove(rest.id);
    const license = { ...rest, ...UNUSED };
    await world.in(kind.licenses).insert(license);
    // Version 0.1 allowed more invitations than seats.
    const pending = Math.max(0, Math.min(usage_count, rest.count) - active);
    await plantCounts(license, { active, pending }, kind, crowd, world);
  }
  for (const { changes, ...entry } of await world.in(oldHistory).find()) {
    await world.in(oldHistory).remove(entry.id);
    await world.in(kind.history).insert({ ...entry, ...fromChanges(changes) });
  }
}

/** Makes each handler take them over first. */
export function withOldLicenses(
  handlers: Readonly<Record<string, Handler<IblConfig>>>,
): Readonly<Record<string, Handler<IblConfig>>> {
  return Object.fromEntries(
    Object.entries(handlers).map(([id, handle]): [string, Handler<IblConfig>] => [
      id,
      async (request, world) => {
        await adoptOldLicenses(world);
        return handle(request, world);
      },
    ]),
  );
}
