/** ibl's section of a scenario. */
import { showInstant } from '../../../frameworks/django-rest-framework/instant.ts';
import type { Json, JsonObject } from '../../../messages/json.ts';
import type { ScenarioPart } from '../../vendor.ts';
import type { Credential, IblConfig, IblWorld } from '../credentials.ts';
import { toChanges } from '../history.ts';
import { kinds, subjects, type Kind } from '../kinds.ts';
import {
  groups,
  platforms,
  users,
  type Assignment,
  type GroupAssignment,
  type HistoryEntry,
  type License,
  type User,
} from '../records.ts';
import type { Subject } from '../subjects.ts';
import { adoptOldLicenses } from '../old-licenses.ts';
import { plant } from './plant.ts';
import { sectionSchema } from './section-schema.ts';
import { starter } from './starter.ts';

export const scenario: ScenarioPart<IblConfig> = {
  lists: {
    platforms: { collection: platforms, one: 'platform' },
    ...Object.fromEntries(
      subjects.map(({ list, collection, word }) => [list, { collection, one: word }]),
    ),
    users: { collection: users, one: 'user' },
    groups: { collection: groups, one: 'group' },
    ...Object.fromEntries(
      kinds.map(({ list, licenses }) => [
        list,
        { collection: licenses, one: list.replace('licenses', 'license') },
      ]),
    ),
  },
  references: [
    ...kinds.flatMap(({ list, subject }) => [
      { list, field: 'platform_key', of: 'platforms', key: 'key' },
      ...(subject ? [{ list, field: subject.field, of: subject.list, key: 'key' }] : []),
    ]),
    ...subjects.map(({ list }) => ({ list, field: 'platform', of: 'platforms', key: 'key' })),
    { list: 'users', field: 'platform_key', of: 'platforms', key: 'key' },
    { list: 'groups', field: 'platform_key', of: 'platforms', key: 'key' },
    { list: 'credentials', field: 'platform', of: 'platforms', key: 'key' },
  ],
  schema: sectionSchema,
  starter,
  configure,
  plant,
  describe,
};

const DEFAULT_CREDENTIALS: readonly Credential[] = [
  { token: 'dm-admin', role: 'dm-admin' },
  { token: 'platform-admin', role: 'platform-admin', platform: 'acme' },
];

function configure(section: JsonObject): IblConfig {
  const { credentials, references } = section as Partial<IblConfig>;
  return {
    credentials: credentials ?? DEFAULT_CREDENTIALS,
    references: references ?? 'open',
  };
}

/** Returns a section from which `configure` and `plant` restore the same records and credentials. */
async function describe(world: IblWorld): Promise<JsonObject> {
  await adoptOldLicenses(world);
  const lists: [string, JsonObject[]][] = [];
  for (const subject of subjects) {
    lists.push([subject.list, await describeSubjects(subject, world)]);
  }
  for (const kind of kinds) lists.push([kind.list, await describeLicenses(kind, world)]);
  return {
    credentials: world.config.credentials.map((each) => ({ ...each })),
    platforms: (await world.in(platforms).find()).map((each) => ({ ...each })),
    users: (await world.in(users).find()).map(describeUser),
    groups: (await world.in(groups).find()).map((each) => ({
      ...each,
      members: [...each.members],
    })),
    ...Object.fromEntries(lists),
  };
}

async function describeSubjects({ collection }: Subject, world: IblWorld): Promise<JsonObject[]> {
  const found = await world.in(collection).find();
  return found.map(({ key, program_id: id, name, platform_key: platform }) => {
    return { key, ...(id !== undefined && { id }), name, platform };
  });
}

function describeUser({ id, username, email, name, platform_key }: User): JsonObject {
  return { id, username, email, name, platform_key };
}

function byLicense<R extends { readonly license_id: number }>(found: readonly R[]) {
  return Map.groupBy(found, ({ license_id }) => license_id);
}

async function describeLicenses(kind: Kind, world: IblWorld): Promise<JsonObject[]> {
  const entries = byLicense(await world.in(kind.history).find());
  const assignments = byLicense(await world.in(kind.assignments).find());
  const grouped = byLicense(await world.in(kind.groupAssignments).find());
  return (await world.in(kind.licenses).find()).map((license) => ({
    ...describeLicense(license, kind),
    ...(kind.seats && {
      assignments: (assignments.get(license.id) ?? []).map(describeAssignment),
      group_assignments: (grouped.get(license.id) ?? []).map(describeGroupAssignment),
    }),
    history: (entries.get(license.id) ?? []).map(describeEntry),
  }));
}

function describeLicense(license: License, { subject }: Kind): JsonObject {
  return {
    id: license.id,
    platform_key: license.platform_key,
    ...(subject && { [subject.field]: license[subject.field] ?? '' }),
    name: license.name,
    count: license.count,
    created: showInstant(license.created),
    started: showInstant(license.started),
    expired: license.expired === null ? null : showInstant(license.expired),
    external_id: license.external_id,
    active: license.active,
    metadata: license.metadata,
    enrollment_config: license.enrollment_config,
    source: license.source,
  };
}

function describeAssignment({ user_id, email, direct, group_assignment_id, ...rest }: Assignment) {
  return { ...describeHeld(rest), user_id, email, direct, group_assignment_id };
}

function describeGroupAssignment({ group_id, ...rest }: GroupAssignment): JsonObject {
  return { ...describeHeld(rest), group_id };
}

/** What assignments and group assignments have in common. */
function describeHeld(held: Omit<GroupAssignment, 'license_id' | 'holder' | 'group_id'>) {
  const { id, active, fulfilled, redirect_to, metadata, created, modified } = held;
  const dates = { created: showInstant(created), modified: showInstant(modified) };
  return { id, active, fulfilled, redirect_to, metadata, ...dates };
}

function describeEntry({ before, after, ...entry }: HistoryEntry): JsonObject {
  const described: Record<string, Json> = { ...entry, changes: toChanges({ before, after }) };
  delete described['license_id'];
  return described;
}
