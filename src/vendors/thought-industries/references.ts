/** Checks that the records which a request names exist. TI-REFERENCES: missing ones are created or refused. */
import type { Problem } from '../../frameworks/framework.ts';
import type { Place } from '../../messages/message.ts';
import type { TiWorld } from './credentials.ts';
import {
  clients,
  licenses,
  lists,
  newClient,
  type ClientRecord,
  type NewLicense,
} from './records.ts';

/** Creates missing records if that is allowed. Returns the client, or a problem that names every missing record. */
export async function settleReferences(
  fields: NewLicense,
  world: TiWorld,
): Promise<ClientRecord | Problem> {
  const missing: Place[] = [];
  let client = await world.in(clients).get(fields.clientId);
  if (!client) {
    client = newClient(fields.clientId, {});
    const isMade = mayMake({ in: 'body', path: ['clientId'] }, 'client', client.id, world);
    if (isMade) await world.in(clients).insert(client);
    else missing.push({ in: 'body', path: ['clientId'] });
  }
  for (const { ids, noun, content } of lists) {
    const records = world.in(content);
    for (const [index, id] of fields[ids].entries()) {
      if (await records.get(id)) continue;
      const place: Place = { in: 'body', path: [ids, index] };
      if (mayMake(place, noun, id, world)) await records.insert({ id, given: {} });
      else missing.push(place);
    }
  }
  if (!(await hasParent(fields, world))) missing.push({ in: 'body', path: ['parentLicenseId'] });
  if (missing.length === 0) return client;
  const violations = missing.map((place) => ({
    ...place,
    keyword: 'reference',
    message: 'names nothing in this sandbox',
  }));
  return { problem: 'invalid', violations };
}

function mayMake(place: Place, noun: string, id: string, world: TiWorld): boolean {
  world.note('TI-REFERENCES');
  if (world.config.references === 'closed') return false;
  world.warn({
    ...place,
    keyword: 'reference',
    message: `The ${noun} ${id} did not exist and was created. Add it to the scenario to choose its fields.`,
  });
  return true;
}

/** TI-PARENTS: the parent must be a license in this sandbox, but it may belong to another client. */
async function hasParent(fields: NewLicense, world: TiWorld): Promise<boolean> {
  const { parentLicenseId, clientId } = fields;
  if (parentLicenseId === null) return true;
  world.note('TI-PARENTS');
  const parent = await world.in(licenses).get(parentLicenseId);
  if (parent && parent.clientId !== clientId) {
    world.warn({
      in: 'body',
      path: ['parentLicenseId'],
      keyword: 'rule',
      message: 'parentLicenseId names a license of another client.',
    });
  }
  return parent !== undefined;
}
