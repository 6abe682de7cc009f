import { NOT_UNIQUE } from '../../../frameworks/django-rest-framework/field-errors.ts';
import { showInstant, toStored } from '../../../frameworks/django-rest-framework/instant.ts';
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig, IblWorld } from '../credentials.ts';
import { writeHistory } from '../history.ts';
import type { Kind } from '../kinds.ts';
import { checkDates, readInstants, showLicense } from '../license.ts';
import type { License } from '../records.ts';
import { findPlatform, findSubject } from '../references.ts';
import { UNUSED } from '../seats/change-seats.ts';
import { invalid, wrongField } from '../sentences.ts';

/** The type of a body that passed the operation's schema. A test compares the two. */
type Body = {
  readonly name?: string;
  readonly count?: number;
  readonly external_id?: string | null;
  readonly active?: boolean;
  readonly metadata?: JsonObject;
  readonly enrollment_config?: JsonObject;
  readonly source?: string;
  readonly transaction_id?: string;
  readonly change_type?: string;
};

export function createLicense(kind: Kind): Handler<IblConfig> {
  return async ({ body, identity }, world) => {
    const given = body as JsonObject & Body;
    const { external_id = null, transaction_id = null, change_type = 'create' } = given;
    const created = toStored(world.now);
    const { started = created, expired = null } = readInstants(given);
    if (external_id !== null && (await isTaken(external_id, kind, world))) {
      world.note('IBL-EXTERNAL-ID');
      return invalid([wrongField('external_id', NOT_UNIQUE)]);
    }
    const platform = await findPlatform(given, kind, world);
    if (isProblem(platform)) return platform;
    const { subject } = kind;
    const fields = subject && (await findSubject(given, subject, platform, kind, world));
    if (isProblem(fields)) return fields;

    if (given.name === undefined) world.note('IBL-CREATE-DEFAULTS');
    const license: License = {
      id: await world.in(kind.licenses).nextId(),
      created,
      started,
      expired,
      name: given.name ?? '',
      count: given.count ?? 0,
      active: given.active ?? true,
      metadata: given.metadata ?? {},
      source: given.source ?? 'api',
      external_id,
      platform_key: platform.key,
      platform_org: platform.org,
      ...fields,
      ...UNUSED,
      enrollment_config: given.enrollment_config ?? {},
    };
    const wrongDates = checkDates(license, world);
    if (wrongDates) return wrongDates;
    await world.in(kind.licenses).insert(license);
    const at = showInstant(created);
    const change = { change_type, transaction_id, by: identity.name, at };
    await writeHistory(undefined, license, change, kind, world);
    return { status: 200, body: showLicense(license, kind, world) };
  };
}

async function isTaken(externalId: string, { licenses }: Kind, world: IblWorld): Promise<boolean> {
  const where = [{ field: 'external_id', equals: externalId }] as const;
  return (await world.in(licenses).count(where)) > 0;
}
