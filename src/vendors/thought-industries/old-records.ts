/** Takes over licenses and clients of version 0.1, which stored both by id. */
import type { Collection } from '../../store/store.ts';
import type { Handler } from '../vendor.ts';
import type { Config, TiWorld } from './credentials.ts';
import { clients, licenses, type ClientRecord, type LicenseRecord } from './records.ts';
import { storeClient } from './store-client.ts';

export const oldLicenses: Collection<
  LicenseRecord & { readonly previousLicenseId: string | null }
> = { name: 'ti.licenses', key: 'id', indexes: [] };

type OldClient = Pick<
  ClientRecord,
  | 'id'
  | 'given'
  | 'courseIds'
  | 'learningPathIds'
  | 'courseTagIds'
  | 'defaultLicenseId'
  | 'seatsAllocated'
>;

export const oldClients: Collection<OldClient> = { name: 'ti.clients', key: 'id', indexes: [] };

/** Moves all of them. Without any, it costs one count. */
export async function adoptOldRecords(world: TiWorld): Promise<void> {
  const old = world.in(oldClients);
  if ((await old.count()) === 0) return;
  for (const client of await old.find()) {
    await old.remove(client.id);
    // Used seats are counted now.
    const { seatsUsedCount: _counted, ...given } = client.given;
    const { defaultLicenseId, seatsAllocated, courseIds, learningPathIds, courseTagIds } = client;
    const lists = { courseIds, learningPathIds, courseTagIds };
    const stored = await storeClient(client.id, given, world, lists);
    await world.in(clients).update({ ...stored, defaultLicenseId, seatsAllocated });
  }
  const byNumber = { sort: { field: 'number', direction: 'ascending' } } as const;
  for (const license of await world.in(oldLicenses).find(byNumber)) {
    await world.in(oldLicenses).remove(license.id);
    const { previousLicenseId: _previous, ...fields } = license;
    await world.in(licenses).insert(fields);
  }
}

/** Makes each handler take them over first. */
export function withOldRecords(
  handlers: Readonly<Record<string, Handler<Config>>>,
): Readonly<Record<string, Handler<Config>>> {
  return Object.fromEntries(
    Object.entries(handlers).map(([id, handle]): [string, Handler<Config>] => [
      id,
      async (request, world) => {
        await adoptOldRecords(world);
        return handle(request, world);
      },
    ]),
  );
}
