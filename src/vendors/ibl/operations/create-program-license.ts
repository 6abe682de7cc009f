import { NOT_UNIQUE } from '../../../frameworks/django-rest-framework/field-errors.ts';
import { showInstant, toStored } from '../../../frameworks/django-rest-framework/instant.ts';
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig, IblWorld } from '../credentials.ts';
import { writeHistory } from '../history.ts';
import { isActiveIn, noteDates, readInstants, showLicense } from '../license.ts';
import { licenses, type License } from '../records.ts';
import { findPlatform, findProgram } from '../references.ts';
import { invalid, wrongField } from '../sentences.ts';

/** The type of a body that passed the operation's schema. A test compares the two. */
type Body = {
  readonly program_key: string;
  readonly name: string;
  readonly count: number;
  readonly external_id?: string | null;
  readonly active?: boolean;
  readonly metadata?: JsonObject;
  readonly enrollment_config?: JsonObject;
  readonly source?: string;
  readonly transaction_id?: string;
};

export const createProgramLicense: Handler<IblConfig> = async ({ body, identity }, world) => {
  const given = body as JsonObject;
  const { program_key, external_id = null, transaction_id = null, ...rest } = given as Body;
  const { instants, violations } = readInstants(given);
  const created = toStored(world.now);
  const { started = created, expired = null } = instants;

  const wrong = [...violations];
  if (external_id !== null && (await isTaken(external_id, world))) {
    world.note('IBL-EXTERNAL-ID');
    wrong.push(wrongField('external_id', NOT_UNIQUE));
  }
  if (wrong.length > 0) return invalid(wrong);

  const platform = await findPlatform(given, world);
  if (isProblem(platform)) return platform;
  const program = await findProgram(program_key, platform, world);
  if (isProblem(program)) return program;

  const license: License = {
    id: await world.in(licenses).nextId(),
    created,
    started,
    expired,
    name: rest.name,
    count: rest.count,
    active: rest.active ?? true,
    metadata: rest.metadata ?? {},
    source: rest.source ?? 'api',
    external_id,
    platform_key: platform.key,
    platform_org: platform.org,
    program_id: program.program_id,
    program_key: program.key,
    program_name: program.name,
    usage_count: 0,
    active_assignments: 0,
    enrollment_config: rest.enrollment_config ?? {},
  };
  noteDates(license, world);
  await world.in(licenses).insert(license);
  const at = showInstant(created);
  const change = { change_type: 'create', transaction_id, by: identity.name, at };
  await writeHistory(undefined, license, change, world);
  return { status: 200, body: showLicense(license, isActiveIn(world)(license)) };
};

async function isTaken(externalId: string, world: IblWorld): Promise<boolean> {
  const where = [{ field: 'external_id', equals: externalId }] as const;
  return (await world.in(licenses).count(where)) > 0;
}
