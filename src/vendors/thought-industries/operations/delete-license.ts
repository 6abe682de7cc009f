/** DELETE /incoming/v2/licenses/{id} */
import { isProblem } from '../../../frameworks/framework.ts';
import type { Handler } from '../../vendor.ts';
import { answerLicense, clientOf, findChildren } from '../answer-license.ts';
import type { Config, TiWorld } from '../credentials.ts';
import { envelop } from '../envelope.ts';
import { findNamed } from '../find.ts';
import { clients, deleted, licenses } from '../records.ts';
import { brokenRule } from '../rules.ts';
import { removeAllocations } from '../seats.ts';

/** TI-DELETE-LICENSE: its allocations go, its children lose their parent, the client keeps its content. */
export const deleteLicense: Handler<Config> = async (request, world) => {
  const license = await findNamed(licenses, request, world);
  if (isProblem(license)) return license;
  world.note('TI-DELETE-LICENSE');
  if (license.isDefault && world.choose('TI-DELETE-LICENSE') === 'default-kept') {
    return brokenRule(['id'], "The client's default license cannot be deleted.");
  }
  const answer = await answerLicense(license, world);

  const updatedAt = new Date(world.now).toISOString();
  for (const child of await findChildren(license, world)) {
    await world.in(licenses).update({ ...child, parentLicenseId: null, updatedAt });
  }
  await removeAllocations(license, world);
  await world.in(licenses).remove(license.number);
  await rememberNumber(license.number, world);
  const client = await clientOf(license, world);
  const seatsAllocated = client.seatsAllocated - (license.seatsLimit ?? 0);
  const defaultLicenseId = license.isDefault ? null : client.defaultLicenseId;
  await world.in(clients).update({ ...client, seatsAllocated, defaultLicenseId });

  if (world.choose('TI-DELETE-STATUS') === '204') return { status: 204 };
  return { status: 200, body: envelop('LicenseById', answer, world) };
};

async function rememberNumber(number: number, world: TiWorld): Promise<void> {
  const records = world.in(deleted);
  const known = await records.get('license');
  if (!known) await records.insert({ kind: 'license', highest: number });
  else if (known.highest < number) await records.update({ ...known, highest: number });
}
