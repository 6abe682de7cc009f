/** Creates what a scenario names and does not describe. */
import type { TiWorld } from '../credentials.ts';
import { findById } from '../find.ts';
import { storeContent } from '../made-content/library.ts';
import { clients, lists, type ClientRecord, type IdLists } from '../records.ts';
import { storeClient } from '../store-client.ts';

export async function settleClient(id: string, world: TiWorld): Promise<ClientRecord> {
  return (await findById(clients, id, world)) ?? storeClient(id, {}, world);
}

/** Creates content that is listed but not described, so that closed references accept it. */
export async function makeContent(ids: Partial<IdLists>, world: TiWorld): Promise<void> {
  for (const { ids: list, content } of lists) {
    for (const id of ids[list] ?? []) {
      if (!(await world.in(content).get(id))) await storeContent(list, id, {}, world);
    }
  }
}
