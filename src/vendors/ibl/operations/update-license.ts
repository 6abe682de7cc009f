import { isProblem, type Problem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig, IblWorld } from '../credentials.ts';
import { changeNow, writeHistory } from '../history.ts';
import type { Kind } from '../kinds.ts';
import { checkDates, readInstants, showLicense } from '../license.ts';
import type { License } from '../records.ts';
import { seatsTaken } from '../seats/change-seats.ts';
import { conflict, invalidTogether } from '../sentences.ts';

/** The type of a body that passed the operation's schema. */
type Body = {
  readonly license_id?: number;
  readonly external_id?: string;
  readonly transaction_id?: string;
  readonly change_type?: string;
} & Partial<Pick<License, (typeof CHANGEABLE)[number]>>;

/** A body may also have the platform and the course, which never change. */
const CHANGEABLE = ['name', 'count', 'active', 'metadata', 'enrollment_config', 'source'] as const;

export function updateLicense(kind: Kind): Handler<IblConfig> {
  return async ({ body, identity }, world) => {
    const given = body as JsonObject & Body;
    const { license_id, external_id, transaction_id, change_type = 'update' } = given;
    const license = await findLicense(license_id, external_id, kind, world);
    if (isProblem(license)) return license;
    if (given.count !== undefined && given.count < seatsTaken(license, world)) {
      world.note('IBL-COUNT-BELOW-ACTIVE');
      return conflict(
        `count cannot be less than the ${seatsTaken(license, world)} active assignments of this license.`,
      );
    }

    const changed = CHANGEABLE.flatMap((name) =>
      given[name] === undefined ? [] : [[name, given[name]] as const],
    );
    const updated: License = {
      ...license,
      ...Object.fromEntries(changed),
      ...mergeDictionaries(license, given, world),
      ...readInstants(given),
    };
    const wrongDates = checkDates(updated, world);
    if (wrongDates) return wrongDates;
    await world.in(kind.licenses).update(updated);
    const change = changeNow(change_type, identity, world, transaction_id);
    await writeHistory(license, updated, change, kind, world);
    return { status: 200, body: showLicense(updated, kind, world) };
  };
}

/** IBL-METADATA: whether the keys that an update does not send stay. */
function mergeDictionaries(license: License, given: Body, world: IblWorld): Partial<License> {
  const { metadata, enrollment_config } = given;
  if (!metadata && !enrollment_config) return {};
  if (world.choose('IBL-METADATA') === 'replaced') return {};
  return {
    metadata: { ...license.metadata, ...metadata },
    enrollment_config: { ...license.enrollment_config, ...enrollment_config },
  };
}

async function findLicense(
  id: number | undefined,
  externalId: string | undefined,
  { licenses }: Kind,
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
