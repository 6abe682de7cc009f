/** ibl's section of a scenario. */
import { showInstant } from '../../../frameworks/django-rest-framework/instant.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { ScenarioPart } from '../../vendor.ts';
import type { Credential, IblConfig, IblWorld } from '../credentials.ts';
import {
  history,
  licenses,
  platforms,
  programs,
  type HistoryEntry,
  type License,
} from '../records.ts';
import { plant } from './plant.ts';
import { sectionSchema } from './section.ts';
import { starter } from './starter.ts';

export const scenario: ScenarioPart<IblConfig> = {
  lists: {
    platforms: { collection: platforms, one: 'platform' },
    programs: { collection: programs, one: 'program' },
    licenses: { collection: licenses, one: 'license' },
  },
  references: [
    { list: 'licenses', field: 'platform_key', of: 'platforms', key: 'key' },
    { list: 'licenses', field: 'program_key', of: 'programs', key: 'key' },
    { list: 'programs', field: 'platform', of: 'platforms', key: 'key' },
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
  const entries = Map.groupBy(await world.in(history).find(), ({ license_id }) => license_id);
  return {
    credentials: world.config.credentials.map((each) => ({ ...each })),
    platforms: (await world.in(platforms).find()).map((each) => ({ ...each })),
    programs: (await world.in(programs).find()).map((each) => ({
      key: each.key,
      id: each.program_id,
      name: each.name,
      platform: each.platform_key,
    })),
    licenses: (await world.in(licenses).find()).map((each) =>
      describeLicense(each, entries.get(each.id) ?? []),
    ),
  };
}

function describeLicense(license: License, entries: readonly HistoryEntry[]): JsonObject {
  const { usage_count, active_assignments: active } = license;
  return {
    id: license.id,
    platform_key: license.platform_key,
    program_key: license.program_key,
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
    assignments: { active, pending: usage_count - active },
    history: entries.map(describeEntry),
  };
}

function describeEntry(entry: HistoryEntry): JsonObject {
  const { id, change_type, transaction_id, by, at, changes } = entry;
  return { id, change_type, transaction_id, by, at, changes };
}
