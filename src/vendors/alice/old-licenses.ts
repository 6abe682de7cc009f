/** Takes over licenses of version 0.1, which stored them by id, without number, seats and links. */
import type { Collection } from '../../store/store.ts';
import type { Handler, World } from '../vendor.ts';
import type { LicenseValues } from './license-request.ts';
import { licenses } from './records.ts';
import { insertLicense } from './store-license.ts';

type OldLicense = LicenseValues & { readonly id: string; readonly created: string };

export const oldLicenses: Collection<OldLicense> = {
  name: 'alice.licenses',
  key: 'id',
  indexes: [],
};

/** Moves all of them. Without any, it costs one count. */
export async function adoptOldLicenses(world: World<unknown>): Promise<void> {
  const old = world.in(oldLicenses);
  if ((await old.count()) === 0) return;
  const found = await old.find({ sort: { field: 'created', direction: 'ascending' } });
  for (const license of found) {
    await old.remove(license.id);
    const number = await world.in(licenses).nextId();
    const fresh = { modified: null, IsPaused: false, IsDeleted: false, taken: 0 };
    await insertLicense({ ...license, ...fresh, number }, world);
  }
}

/** Makes each handler take them over first. */
export function withOldLicenses<Config>(
  handlers: Readonly<Record<string, Handler<Config>>>,
): Readonly<Record<string, Handler<Config>>> {
  return Object.fromEntries(
    Object.entries(handlers).map(([id, handle]): [string, Handler<Config>] => [
      id,
      async (request, world) => {
        await adoptOldLicenses(world);
        return handle(request, world);
      },
    ]),
  );
}
