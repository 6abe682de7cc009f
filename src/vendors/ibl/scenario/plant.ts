/** Stores the records of a scenario's section. */
import { MockError } from '../../../errors.ts';
import { showInstant } from '../../../frameworks/django-rest-framework/instant.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { IblWorld } from '../credentials.ts';
import { fromChanges, writeHistory } from '../history.ts';
import { isSeatKind, kinds, subjects, type Kind } from '../kinds.ts';
import { groups, platforms, users, type License, type Platform } from '../records.ts';
import { addPlatform } from '../references.ts';
import { UNUSED } from '../seats/change-seats.ts';
import { findAddressed } from '../seats/find.ts';
import type { Found, Subject } from '../subjects.ts';
import { createCrowd, type Crowd } from './crowd.ts';
import { generateCounts, generateLicense } from './generate-license.ts';
import { plantCounts, plantSeats } from './plant-seats.ts';
import { readMoment } from './read-moment.ts';
import {
  licensesIn,
  subjectsIn,
  type GenerateEntry,
  type GroupEntry,
  type HistoryItem,
  type LicenseEntry,
  type Section,
  type UserEntry,
} from './section.ts';

/** Stores records with an id first: their ids advance the counters, and the others get the ids that follow. */
export async function plant(section: JsonObject, world: IblWorld): Promise<void> {
  const { platforms: listed = [], users: people = [], groups: teams = [] } = section as Section;
  for (const entry of withIdFirst(listed)) await addPlatform(entry, world);
  for (const subject of subjects) {
    for (const { platform, ...rest } of subjectsIn(section, subject)) {
      await platformWith(platform, world);
      await subject.add({ ...rest, platform_key: platform }, world);
    }
  }
  for (const entry of withIdFirst(people)) await plantUser(entry, world);
  for (const entry of withIdFirst(teams)) await plantGroup(entry, world);
  const crowd = createCrowd(world);
  for (const kind of kinds) {
    const sold = licensesIn(section, kind);
    for (const entry of withIdFirst(sold.flatMap((each) => ('generate' in each ? [] : [each])))) {
      await plantLicense(entry, kind, crowd, world);
    }
    for (const entry of sold) {
      if ('generate' in entry) await generateLicenses(entry, kind, crowd, world);
    }
  }
}

function withIdFirst<T extends { readonly id?: number }>(entries: readonly T[]): readonly T[] {
  return [
    ...entries.filter(({ id }) => id !== undefined),
    ...entries.filter(({ id }) => id === undefined),
  ];
}

/** A username that is not given is what stands before the @, with the id if somebody has that name. */
async function plantUser(
  { id: known, email, ...entry }: UserEntry,
  world: IblWorld,
): Promise<void> {
  const { platform_key } = entry;
  await platformWith(platform_key, world);
  const records = world.in(users);
  const id = known ?? (await records.nextId());
  const isTaken = async (name: string) =>
    (await records.count([{ field: 'username', equals: name }])) > 0;
  if (entry.username !== undefined && (await isTaken(entry.username))) {
    throw new MockError(
      'broken-scenario',
      `users: two users have the username ${entry.username}. Give each user a username of its own.`,
    );
  }
  if ('user' in (await findAddressed(email, platform_key, world))) {
    throw new MockError(
      'broken-scenario',
      `users: two users of platform ${platform_key} have the e-mail address ${email}. Give each user an address of its own.`,
    );
  }
  const local = email.split('@')[0] ?? email;
  const username = entry.username ?? ((await isTaken(local)) ? `${local}.${id}` : local);
  const { name = username } = entry;
  const email_key = email.toLowerCase();
  await records.insert({ id, username, email, email_key, name, platform_key });
}

async function plantGroup(
  { id, name, platform_key, members = [] }: GroupEntry,
  world: IblWorld,
): Promise<void> {
  await platformWith(platform_key, world);
  for (const member of members) {
    const user = await world.in(users).get(member);
    if (user?.platform_key === platform_key) continue;
    throw new MockError(
      'broken-scenario',
      `groups: "${name}" has the member ${member}, who is not in users of ${platform_key}. Add a user with this id, or remove the member.`,
    );
  }
  const records = world.in(groups);
  await records.insert({ id: id ?? (await records.nextId()), name, platform_key, members });
}

async function plantLicense(
  entry: LicenseEntry,
  kind: Kind,
  crowd: Crowd,
  world: IblWorld,
): Promise<void> {
  const platform = await platformWith(entry.platform_key, world);
  const { subject } = kind;
  const found = subject && (await subjectWith(entry[subject.field], subject, platform, world));
  const license: License = {
    id: entry.id ?? (await world.in(kind.licenses).nextId()),
    created: readMoment(entry.created ?? 'now', world.now),
    started: readMoment(entry.started ?? 'now', world.now),
    expired: typeof entry.expired === 'string' ? readMoment(entry.expired, world.now) : null,
    name: entry.name,
    count: entry.count,
    active: entry.active ?? true,
    metadata: entry.metadata ?? {},
    source: entry.source ?? 'api',
    external_id: entry.external_id ?? null,
    platform_key: platform.key,
    platform_org: platform.org,
    ...found?.fields,
    ...UNUSED,
    enrollment_config: entry.enrollment_config ?? {},
  };
  await world.in(kind.licenses).insert(license);
  await plantHistory(license, entry.history, kind, world);
  if (isSeatKind(kind)) await plantSeats(license, entry, kind, crowd, world);
}

async function generateLicenses(
  { generate, platform_key, ...entry }: GenerateEntry,
  kind: Kind,
  crowd: Crowd,
  world: IblWorld,
): Promise<void> {
  const known =
    platform_key === undefined
      ? await world.in(platforms).find()
      : [await platformWith(platform_key, world)];
  const owners = known.length > 0 ? known : [await platformWith('acme', world)];
  const { subject } = kind;
  const offered = new Map<Platform, readonly Found[]>();
  for (const owner of owners) {
    offered.set(
      owner,
      subject ? await offersOf(entry[subject.field], subject, owner, world) : [itself(owner)],
    );
  }
  for (let made = 0; made < generate; made++) {
    const id = await world.in(kind.licenses).nextId();
    const faker = world.faker(`${kind.licenses.name}/${id}`);
    const platform = faker.helpers.arrayElement(owners);
    const { name, fields } = faker.helpers.arrayElement(offered.get(platform) ?? []);
    const license: License = {
      ...generateLicense(id, name, faker, world.now),
      platform_key: platform.key,
      platform_org: platform.org,
      ...fields,
    };
    await world.in(kind.licenses).insert(license);
    await plantHistory(license, undefined, kind, world);
    if (!isSeatKind(kind)) continue;
    await plantCounts(license, generateCounts(faker, license, world.now), kind, crowd, world);
  }
}

function itself({ name }: Platform): Found {
  return { name, fields: {} };
}

/** Returns a platform's programs or courses. A platform without any gets three, with realistic titles. */
async function offersOf(
  key: string | undefined,
  subject: Subject,
  platform: Platform,
  world: IblWorld,
): Promise<readonly Found[]> {
  if (key !== undefined) return [await subjectWith(key, subject, platform, world)];
  const found = await subject.of(platform.key, world);
  if (found.length > 0) return found;
  const titles = ['Bar Exam Prep', 'Nursing Refresher', 'Data Engineering'];
  return Promise.all(
    titles.map((name) => {
      const made = `${subject.word}-v1:${platform.org}+${name.toLowerCase().replaceAll(' ', '-')}+2026`;
      return subject.add({ key: made, name, platform_key: platform.key }, world);
    }),
  );
}

async function platformWith(key: string, world: IblWorld): Promise<Platform> {
  const where = [{ field: 'key', equals: key }] as const;
  const [found] = await world.in(platforms).find({ where, limit: 1 });
  return found ?? addPlatform({ key }, world);
}

async function subjectWith(
  key = '',
  subject: Subject,
  platform: Platform,
  world: IblWorld,
): Promise<Found> {
  const found = await subject.find(key, platform.key, world);
  return found ?? subject.add({ key, platform_key: platform.key }, world);
}

async function plantHistory(
  license: License,
  items: readonly HistoryItem[] | undefined,
  kind: Kind,
  world: IblWorld,
): Promise<void> {
  if (!items) {
    const at = showInstant(license.created);
    const change = { change_type: 'create', transaction_id: null, by: 'scenario', at };
    return writeHistory(undefined, license, change, kind, world);
  }
  const records = world.in(kind.history);
  for (const { id, at, transaction_id = null, by = 'scenario', changes = {}, ...item } of items) {
    await records.insert({
      id: id ?? (await records.nextId()),
      license_id: license.id,
      ...item,
      transaction_id,
      by,
      at: showInstant(readMoment(at, world.now)),
      ...fromChanges(changes),
    });
  }
}
