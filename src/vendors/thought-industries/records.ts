/**
 * What is stored. A course, learning path, tag or client holds only what a scenario says of it, in `given`;
 * everything else follows from its id and the sandbox's seed, so that it is the same in every answer.
 */
import type { Collection } from '../../store/store.ts';
import type { Json, JsonObject } from '../../messages/json.ts';

/** Kinds of content that a license and its client list by id. */
export type ListName = 'courseIds' | 'learningPathIds' | 'courseTagIds';
export type IdLists = Readonly<Record<ListName, readonly string[]>>;

export const REFS = [
  'ref1',
  'ref2',
  'ref3',
  'ref4',
  'ref5',
  'ref6',
  'ref7',
  'ref8',
  'ref9',
  'ref10',
] as const;
export type Refs = Readonly<Record<(typeof REFS)[number], string | null>>;

/** What a license is told, by a request or a scenario. Dates are in UTC with milliseconds. */
export type LicenseFields = IdLists &
  Refs & {
    readonly clientId: string;
    readonly name: string;
    readonly label: string | null;
    readonly sku: string | null;
    /** Null or 0: not limited. */
    readonly seatsLimit: number | null;
    readonly parentLicenseId: string | null;
    readonly accessDays: number | null;
    readonly expirationDate: string | null;
    readonly enableBranding: boolean;
    readonly isDefault: boolean;
    readonly createdAt: string;
    readonly updatedAt: string;
  };

/** TI-OMITTED: what a request left out is null, or false for a switch. */
export type NewLicense = Omit<LicenseFields, 'createdAt' | 'updatedAt'>;

export type LicenseRecord = LicenseFields & {
  readonly id: string;
  /** Counts licenses in the order they were made. */
  readonly number: number;
  /** The client's license before this one: an answer lists the newest ones without looking at the others. */
  readonly previousLicenseId: string | null;
};

export type ClientRecord = IdLists & {
  readonly id: string;
  readonly given: JsonObject;
  readonly defaultLicenseId: string | null;
  readonly newestLicenseId: string | null;
  /** Seats of all its licenses, unlimited ones not counted. */
  readonly seatsAllocated: number;
};

export type ContentRecord = { readonly id: string; readonly given: JsonObject };

export const licenses: Collection<LicenseRecord> = {
  name: 'ti.licenses',
  key: 'id',
  indexes: [{ field: 'parentLicenseId', unique: false }],
};
export const clients: Collection<ClientRecord> = { name: 'ti.clients', key: 'id', indexes: [] };
export const courses: Collection<ContentRecord> = { name: 'ti.courses', key: 'id', indexes: [] };
export const learningPaths: Collection<ContentRecord> = {
  name: 'ti.learning-paths',
  key: 'id',
  indexes: [],
};
export const courseTags: Collection<ContentRecord> = {
  name: 'ti.course-tags',
  key: 'id',
  indexes: [],
};

/** The three lists. */
export const lists = [
  { ids: 'courseIds', noun: 'course', content: courses },
  {
    ids: 'learningPathIds',
    noun: 'learning path',
    content: learningPaths,
  },
  { ids: 'courseTagIds', noun: 'course tag', content: courseTags },
] as const;

export function newClient(id: string, given: JsonObject): ClientRecord {
  return {
    id,
    given,
    courseIds: [],
    learningPathIds: [],
    courseTagIds: [],
    defaultLicenseId: null,
    newestLicenseId: null,
    seatsAllocated: 0,
  };
}

/** One value for each of the three lists. */
export function mapLists<T>(value: (name: ListName) => T): Record<ListName, T> {
  return {
    courseIds: value('courseIds'),
    learningPathIds: value('learningPathIds'),
    courseTagIds: value('courseTagIds'),
  };
}

export function readRefs(from: JsonObject): Refs {
  return Object.fromEntries(REFS.map((name) => [name, textOrNull(from[name])])) as Refs;
}

export function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

export function numberOrNull(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** TI-LICENSE-LISTS: an id that comes twice counts once. */
export function uniqueTexts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? [...new Set(value.map(String))] : [];
}
