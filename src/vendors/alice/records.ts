/** The stored records. A license has a number beside its GUID, so that lists are in the order of creation. */
import { defaultOf } from '../../frameworks/aspnet-web-api/model.ts';
import type { JsonObject } from '../../messages/json.ts';
import type { Collection } from '../../store/store.ts';
import type { World } from '../vendor.ts';
import { licenseRequest, type LicenseValues } from './license-request.ts';
import type { LicenseNames } from './made-content.ts';

export type License = LicenseValues &
  LicenseNames & {
    readonly number: number;
    /** A GUID, made from a counter. */
    readonly id: string;
    /** ISO 8601. */
    readonly created: string;
    /** ISO 8601; null if it was never updated. */
    readonly modified: string | null;
    readonly IsPaused: boolean;
    readonly IsDeleted: boolean;
    /** The number of its stored seats. */
    readonly taken: number;
    /** The license before its last update, if the index may still show that: `index-lag.ts`. */
    readonly previous?: License;
  };

/** The name `alice.licenses` belongs to version 0.1: `old-licenses.ts`. */
export const licenses: Collection<License> = {
  name: 'alice.numbered-licenses',
  key: 'number',
  indexes: [
    { field: 'id', unique: true },
    { field: 'IsDeleted', unique: false },
    { field: 'TargetUserGroupId', unique: false },
    { field: 'OwnerId', unique: false },
  ],
};

/** A user who has a seat of a license. */
export type Seat = {
  /** `<license>/<user>`, so that a user has at most one seat of a license. */
  readonly key: string;
  readonly license: number;
  readonly user: string;
};

export const seats: Collection<Seat> = {
  name: 'alice.seats',
  key: 'key',
  indexes: [
    { field: 'license', unique: false },
    { field: 'user', unique: false },
  ],
};

/** A title of a license. Sorting by key puts the titles of an ISBN in the order of their licenses. */
export type Title = {
  readonly key: string;
  readonly license: number;
  readonly isbn: string;
  /** The ISBN if the license has a free seat, otherwise null. */
  readonly free: string | null;
};

export const titles: Collection<Title> = {
  name: 'alice.titles',
  key: 'key',
  indexes: [
    { field: 'license', unique: false },
    { field: 'isbn', unique: false },
    { field: 'free', unique: false },
  ],
};

/** A user group whose members can use a license. */
export type Membership = {
  readonly key: string;
  readonly license: number;
  readonly group: string;
};

export const memberships: Collection<Membership> = {
  name: 'alice.memberships',
  key: 'key',
  indexes: [
    { field: 'license', unique: false },
    { field: 'group', unique: false },
  ],
};

/** A user group that a license names. `made-content.ts` makes the rest from its id. */
export type Group = { readonly id: string; readonly institutionNumber: string };

export const groups: Collection<Group> = {
  name: 'alice.groups',
  key: 'id',
  indexes: [{ field: 'institutionNumber', unique: false }],
};

/** A user whom the scenario lists. */
export type User = {
  readonly id: string;
  readonly name: string | null;
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly className: string | null;
  readonly gradeLevel: string | null;
  readonly type: number;
};

export const users: Collection<User> = { name: 'alice.users', key: 'id', indexes: [] };

/** As text, keys sort in the order of the numbers. */
export function keyOf(license: number, rest: string): string {
  return `${String(license).padStart(12, '0')}/${rest}`;
}

/** Returns every property of the class; properties that were not set have .NET's default. */
export function fillDefaults(values: JsonObject): LicenseValues {
  return Object.fromEntries(
    licenseRequest.fields.map((field) => [field.name, values[field.name] ?? defaultOf(field)]),
  ) as LicenseValues;
}

/** Undefined if there is no such license, or if it was deleted. */
export async function findLicense(
  id: string | undefined,
  world: World<unknown>,
): Promise<License | undefined> {
  const found = await findEvenDeleted(id, world);
  return found?.IsDeleted === true ? undefined : found;
}

export async function findEvenDeleted(
  id: string | undefined,
  world: World<unknown>,
): Promise<License | undefined> {
  if (id === undefined) return undefined;
  const [found] = await world.in(licenses).find({ where: [{ field: 'id', equals: id }] });
  return found;
}

/** A number and a GUID that no license has. The GUID follows from the sandbox's seed and the number. */
export async function nextLicense(world: World<unknown>): Promise<Pick<License, 'number' | 'id'>> {
  for (;;) {
    const number = await world.in(licenses).nextId();
    const id = world.faker(`alice.licenses/${number}`).string.uuid();
    // A license imported from another sandbox with the same seed may have this id.
    if (!(await findEvenDeleted(id, world))) return { number, id };
  }
}
