/** Stores the records of a scenario's section. */
import { MockError } from '../../../errors.ts';
import {
  parseInstant,
  showInstant,
  toStored,
} from '../../../frameworks/django-rest-framework/instant.ts';
import type { JsonObject } from '../../../messages/json.ts';
import { parseMoment } from '../../../time/moment.ts';
import type { IblWorld } from '../credentials.ts';
import { writeHistory } from '../history.ts';
import {
  history,
  licenses,
  platforms,
  programRef,
  programs,
  type License,
  type Platform,
  type Program,
} from '../records.ts';
import { addPlatform, addProgram } from '../references.ts';
import { generateLicense } from './generate-license.ts';
import type { GenerateEntry, HistoryItem, LicenseEntry, Section } from './section.ts';

/** Stores records with an id first: their ids advance the counters, and the others get the ids that follow. */
export async function plant(section: JsonObject, world: IblWorld): Promise<void> {
  const { platforms: listed = [], programs: taught = [], licenses: sold = [] } = section as Section;
  for (const entry of withIdFirst(listed)) await addPlatform(entry, world);
  for (const { id, platform, ...rest } of taught) {
    await platformWith(platform, world);
    await addProgram({ ...rest, ...(id && { program_id: id }), platform_key: platform }, world);
  }
  for (const entry of withIdFirst(sold.flatMap((each) => ('generate' in each ? [] : [each])))) {
    await plantLicense(entry, world);
  }
  for (const entry of sold) if ('generate' in entry) await generateLicenses(entry, world);
}

function withIdFirst<T extends { readonly id?: number }>(entries: readonly T[]): readonly T[] {
  return [
    ...entries.filter(({ id }) => id !== undefined),
    ...entries.filter(({ id }) => id === undefined),
  ];
}

async function plantLicense(entry: LicenseEntry, world: IblWorld): Promise<void> {
  const { active = 0, pending = 0 } = entry.assignments ?? {};
  if (active > entry.count) {
    throw new MockError(
      'broken-scenario',
      `licenses: "${entry.name}" has ${active} active assignments but only ${entry.count} seats. Add seats, or remove active assignments.`,
    );
  }
  const platform = await platformWith(entry.platform_key, world);
  const program = await programWith(entry.program_key, platform, world);
  const created = readMoment(entry.created ?? 'now', world.now);
  const license: License = {
    id: entry.id ?? (await world.in(licenses).nextId()),
    created,
    started: readMoment(entry.started ?? 'now', world.now),
    expired: typeof entry.expired === 'string' ? readMoment(entry.expired, world.now) : null,
    name: entry.name,
    count: entry.count,
    active: entry.active ?? true,
    metadata: entry.metadata ?? {},
    source: entry.source ?? 'api',
    external_id: entry.external_id ?? null,
    ...belonging(platform, program),
    usage_count: active + pending,
    active_assignments: active,
    enrollment_config: entry.enrollment_config ?? {},
  };
  await world.in(licenses).insert(license);
  await plantHistory(license, entry.history, world);
}

async function generateLicenses(
  { generate, platform_key, program_key }: GenerateEntry,
  world: IblWorld,
): Promise<void> {
  const known =
    platform_key === undefined
      ? await world.in(platforms).find()
      : [await platformWith(platform_key, world)];
  const owners = known.length > 0 ? known : [await platformWith('acme', world)];
  const offered = new Map<Platform, readonly Program[]>();
  for (const owner of owners) {
    offered.set(
      owner,
      program_key === undefined
        ? await programsOf(owner, world)
        : [await programWith(program_key, owner, world)],
    );
  }
  for (let made = 0; made < generate; made++) {
    const id = await world.in(licenses).nextId();
    const faker = world.faker(`ibl.licenses/${id}`);
    const platform = faker.helpers.arrayElement(owners);
    const program = faker.helpers.arrayElement(offered.get(platform) ?? []);
    const license = {
      ...generateLicense(id, program.name, faker, world.now),
      ...belonging(platform, program),
    };
    await world.in(licenses).insert(license);
    await plantHistory(license, undefined, world);
  }
}

/** Returns a platform's programs. A platform without programs gets three, with realistic titles. */
async function programsOf(platform: Platform, world: IblWorld): Promise<readonly Program[]> {
  const where = [{ field: 'platform_key', equals: platform.key }] as const;
  const found = await world.in(programs).find({ where });
  if (found.length > 0) return found;
  const titles = ['Bar Exam Prep', 'Nursing Refresher', 'Data Engineering'];
  return Promise.all(
    titles.map((name) => {
      const key = `program-v1:${platform.org}+${name.toLowerCase().replaceAll(' ', '-')}+2026`;
      return addProgram({ key, name, platform_key: platform.key }, world);
    }),
  );
}

function belonging(platform: Platform, program: Program) {
  return {
    platform_key: platform.key,
    platform_org: platform.org,
    program_id: program.program_id,
    program_key: program.key,
    program_name: program.name,
  };
}

async function platformWith(key: string, world: IblWorld): Promise<Platform> {
  const where = [{ field: 'key', equals: key }] as const;
  const [found] = await world.in(platforms).find({ where, limit: 1 });
  return found ?? addPlatform({ key }, world);
}

async function programWith(key: string, platform: Platform, world: IblWorld): Promise<Program> {
  const found = await world.in(programs).get(programRef(platform.key, key));
  return found ?? addProgram({ key, platform_key: platform.key }, world);
}

async function plantHistory(
  license: License,
  items: readonly HistoryItem[] | undefined,
  world: IblWorld,
): Promise<void> {
  if (!items) {
    const at = showInstant(license.created);
    const change = { change_type: 'create', transaction_id: null, by: 'scenario', at };
    return writeHistory(undefined, license, change, world);
  }
  const records = world.in(history);
  for (const {
    id,
    at,
    change_type,
    transaction_id = null,
    by = 'scenario',
    changes = {},
  } of items) {
    await records.insert({
      id: id ?? (await records.nextId()),
      license_id: license.id,
      change_type,
      transaction_id,
      by,
      at: showInstant(readMoment(at, world.now)),
      changes,
    });
  }
}

/** Keeps the microseconds of an exported instant, which `parseMoment` would drop. */
function readMoment(text: string, now: number): string {
  const parsed = parseInstant(text);
  if (typeof parsed === 'object') return parsed.stored;
  const ms = parseMoment(text, now);
  if (ms !== undefined) return toStored(ms);
  throw new MockError(
    'broken-scenario',
    `"${text}" is not a date. Use an ISO 8601 date-time, or now, now-1d, now+1y6M.`,
  );
}
