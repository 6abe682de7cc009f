/** A license as it is stored. */
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
    /** ISO 8601; null: never changed. */
    readonly modified: string | null;
    readonly IsPaused: boolean;
    readonly IsDeleted: boolean;
    /** How many seats are stored. */
    readonly taken: number;
  };

/** `alice.licenses` is what version 0.1 kept: `old-licenses.ts`. */
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
  /** `<license's number>/<user>`: a user has one seat of a license at most. */
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

/** A title of a license. Sorted by key, the titles of one ISBN are in the order of their licenses. */
export type Title = {
  readonly key: string;
  readonly license: number;
  readonly isbn: string;
  /** The ISBN while the license has free seats, else null. */
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

/** A user group whose members may use a license: its target, or one that has seats. */
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

/** A user group that a license has named; the rest of it is made from its id. */
export type Group = { readonly id: string; readonly institutionNumber: string };

export const groups: Collection<Group> = {
  name: 'alice.groups',
  key: 'id',
  indexes: [{ field: 'institutionNumber', unique: false }],
};

/** A user of whom the scenario says more than the id. */
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

/** Sorts as text in the order of the numbers. */
export function keyOf(license: number, rest: string): string {
  return `${String(license).padStart(12, '0')}/${rest}`;
}

/** Returns every property of the class; properties that were not set have .NET's default. */
export function fillDefaults(values: JsonObject): LicenseValues {
  return Object.fromEntries(
    licenseRequest.fields.map((field) => [field.name, values[field.name] ?? defaultOf(field)]),
  ) as LicenseValues;
}

/** Returns a GUID that no license has. It follows from the sandbox's seed and the number of licenses made before. */
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

/** A GUID that no license has yet, the same for the same sandbox seed and number of licenses made before. */
export async function nextLicense(world: World<unknown>): Promise<Pick<License, 'number' | 'id'>> {
  for (;;) {
    const number = await world.in(licenses).nextId();
    const id = world.faker(`alice.licenses/${number}`).string.uuid();
    // A license imported from another sandbox with the same seed may have this id.
    if (!(await findEvenDeleted(id, world))) return { number, id };
  }
}
