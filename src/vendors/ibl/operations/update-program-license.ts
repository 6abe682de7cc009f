import { showInstant, toStored } from '../../../frameworks/django-rest-framework/instant.ts';
import { isProblem, type Problem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig, IblWorld } from '../credentials.ts';
import { writeHistory } from '../history.ts';
import { isActiveIn, noteDates, readInstants, showLicense } from '../license.ts';
import { licenses, type License } from '../records.ts';
import { conflict, invalid, invalidTogether } from '../sentences.ts';

/** The type of a body that passed the operation's schema. */
type Body = {
  readonly license_id?: number;
  readonly external_id?: string;
  readonly transaction_id?: string;
  readonly change_type?: string;
} & Partial<
  Pick<License, 'name' | 'count' | 'active' | 'metadata' | 'enrollment_config' | 'source'>
>;

export const updateProgramLicense: Handler<IblConfig> = async ({ body, identity }, world) => {
  const { license_id, external_id, transaction_id, change_type, ...rest } = body as Body;
  const { instants, violations } = readInstants(body as JsonObject);
  if (violations.length > 0) return invalid(violations);

  const license = await findLicense(license_id, external_id, world);
  if (isProblem(license)) return license;
  if (rest.count !== undefined && rest.count < license.active_assignments) {
    world.note('IBL-COUNT-BELOW-ACTIVE');
    return conflict(
      `count cannot be less than the ${license.active_assignments} active assignments of this license.`,
    );
  }

  // Metadata is replaced, not merged.
  if (rest.metadata ?? rest.enrollment_config) world.note('IBL-METADATA');
  const updated: License = { ...license, ...rest, ...instants };
  noteDates(updated, world);
  await world.in(licenses).update(updated);
  const change = {
    change_type: change_type ?? 'update',
    transaction_id: transaction_id ?? null,
    by: identity.name,
    at: showInstant(toStored(world.now)),
  };
  await writeHistory(license, updated, change, world);
  return { status: 200, body: showLicense(updated, isActiveIn(world)(updated)) };
};

async function findLicense(
  id: number | undefined,
  externalId: string | undefined,
  world: IblWorld,
): Promise<License | Problem> {
  const records = world.in(licenses);
  if (id === undefined && externalId === undefined) {
    world.note('IBL-LICENSE-IDENTIFIER');
    return invalidTogether('Either license_id or external_id is required.');
  }
  const byId = id === undefined ? undefined : await records.get(id);
  const [byExternalId] =
    externalId === undefined
      ? []
      : await records.find({ where: [{ field: 'external_id', equals: externalId }], limit: 1 });
  const found = byId ?? byExternalId;
  const isBoth = id !== undefined && externalId !== undefined;
  if (isBoth || !found) world.note('IBL-LICENSE-IDENTIFIER');
  if (!found) return { problem: 'not-found' };
  if (isBoth && byId?.id !== byExternalId?.id) {
    return conflict('license_id and external_id do not name the same license.');
  }
  return found;
}
