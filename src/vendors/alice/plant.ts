/** Turns licenses and users of a scenario into records and back. */
import { formatStored, parseStored } from '../../frameworks/aspnet-web-api/values/date-time.ts';
import { parseGuid } from '../../frameworks/aspnet-web-api/values/guid.ts';
import { isIsoDate, parseJsonDate } from '../../frameworks/aspnet-web-api/values/parse-date.ts';
import type { Json, JsonObject } from '../../messages/json.ts';
import { parseMoment } from '../../time/moment.ts';
import type { World } from '../vendor.ts';
import { licenseRequest } from './license-request.ts';
import {
  fillDefaults,
  keyOf,
  licenses,
  nextLicense,
  seats,
  users,
  type License,
  type User,
} from './records.ts';
import { holdersOf } from './seats.ts';
import { insertLicense } from './store-license.ts';

export async function plantLicense(section: JsonObject, world: World<unknown>): Promise<void> {
  const { id, created, modified, IsPaused, IsDeleted, UserIds, TakenSeats, ...values } = section;
  const ids =
    id === undefined
      ? await nextLicense(world)
      : { number: await world.in(licenses).nextId(), id: String(id).toLowerCase() };
  const holders = holdersFor(ids.number, UserIds, TakenSeats, world);
  await insertLicense(
    {
      ...fillDefaults(readValues(values, world.now)),
      ...ids,
      created: toIso(created ?? 'now', world.now),
      modified: modified === undefined || modified === null ? null : toIso(modified, world.now),
      IsPaused: IsPaused === true,
      IsDeleted: IsDeleted === true,
      taken: holders.length,
    },
    world,
  );
  for (const user of holders) {
    const key = keyOf(ids.number, user);
    await world.in(seats).insert({ key, license: ids.number, user });
  }
}

/** The listed users, then made-up users until there are enough. Without duplicates. */
function holdersFor(
  license: number,
  listed: Json | undefined,
  taken: Json | undefined,
  world: World<unknown>,
): readonly string[] {
  const holders = new Set(listOfGuids(listed));
  if (holders.size >= Number(taken ?? 0)) return [...holders];
  const faker = world.faker(`${seats.name}/${license}`);
  while (holders.size < Number(taken)) holders.add(faker.string.uuid());
  return [...holders];
}

/** Leaves out names and links, because they follow from the rest. */
export async function describeLicense(
  license: License,
  world: World<unknown>,
): Promise<JsonObject> {
  const { id, created, modified, IsPaused, IsDeleted } = license;
  const values = licenseRequest.fields.map(({ name }) => [name, license[name as keyof License]]);
  const holders = await holdersOf(license, world);
  return {
    id,
    created,
    ...(modified !== null && { modified }),
    ...(Object.fromEntries(values) as JsonObject),
    ...(IsPaused && { IsPaused }),
    ...(IsDeleted && { IsDeleted }),
    ...(holders.length > 0 && { UserIds: holders }),
  };
}

export async function plantUser(section: JsonObject, world: World<unknown>): Promise<void> {
  const { id, name, groups, roles, className, gradeLevel, type } = section;
  await world.in(users).insert({
    id: String(id).toLowerCase(),
    name: textOf(name),
    groups: listOfGuids(groups),
    roles: listOfGuids(roles),
    className: textOf(className),
    gradeLevel: textOf(gradeLevel),
    type: Number(type ?? 0),
  });
}

export function describeUser(user: User): JsonObject {
  const known = Object.entries(user).filter(([, value]) => value !== null);
  return Object.fromEntries(known) as JsonObject;
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function listOfGuids(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map((each) => String(each).toLowerCase()) : [];
}

function toIso(moment: Json, now: number): string {
  return new Date(parseMoment(String(moment), now) ?? now).toISOString();
}

/** Converts dates to their stored form and GUIDs to lower case. */
function readValues(values: JsonObject, now: number): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = licenseRequest.find(name);
      if (typeof value === 'string' && field?.type === 'date') return [name, readDate(value, now)];
      if (field?.type !== 'guid') return [name, value];
      return [name, Array.isArray(value) ? value.map(readGuid) : readGuid(value)];
    }),
  );
}

function readGuid(value: Json): Json {
  return typeof value === 'string' ? (parseGuid(value) ?? value) : value;
}

/** Resolves relative dates by the clock. Other dates keep all their digits and their kind. */
function readDate(text: string, now: number): Json {
  const stored = parseStored(text);
  if (stored) return formatStored(stored);
  const written = isIsoDate(text) ? parseJsonDate(text) : undefined;
  if (written) return formatStored(written);
  const at = parseMoment(text, now);
  const date = at === undefined ? undefined : parseJsonDate(new Date(at).toISOString());
  return date ? formatStored(date) : null;
}
