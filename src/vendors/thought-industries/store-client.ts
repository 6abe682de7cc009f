/** Stores a new client. */
import type { JsonObject } from '../../messages/json.ts';
import type { TiWorld } from './credentials.ts';
import { makeOnce } from './made-content/cache.ts';
import { makeClient } from './made-content/make-client.ts';
import { clients, textOrNull, type ClientRecord, type IdLists } from './records.ts';

type Lists = IdLists & Pick<ClientRecord, 'tagIds'>;

const NONE: Lists = { courseIds: [], learningPathIds: [], courseTagIds: [], tagIds: [] };

export async function storeClient(
  id: string,
  given: JsonObject,
  world: TiWorld,
  content: Partial<Lists> = {},
  known?: number,
): Promise<ClientRecord> {
  const client: ClientRecord = {
    number: known ?? (await world.in(clients).nextId()),
    id,
    given,
    ...searchable(id, given, world),
    ...NONE,
    ...content,
    defaultLicenseId: null,
    seatsAllocated: 0,
  };
  await world.in(clients).insert(client);
  return client;
}

/** Changes fields of a client that the vendor's answers show. */
export async function changeClient(
  client: ClientRecord,
  changed: JsonObject,
  world: TiWorld,
): Promise<ClientRecord> {
  const given = { ...client.given, ...changed };
  const after = { ...client, given, ...searchable(client.id, given, world) };
  await world.in(clients).update(after);
  return after;
}

function searchable(id: string, given: JsonObject, world: TiWorld) {
  const made = makeOnce('client', { id, given }, makeClient, world);
  return {
    name: String(made['name']),
    slug: String(made['slug']),
    sku: textOrNull(made['sku']),
    createdAt: String(made['createdAt']),
  };
}
