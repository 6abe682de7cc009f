/**
 * The stored records. A course, learning path, tag or client stores only the fields that a scenario gives, in `given`;
 * all other fields follow from its id and the sandbox's seed, so that every answer shows the same values.
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

/** The fields of a license that a request or a scenario can give. Dates are in UTC with milliseconds. */
export type LicenseFields = IdLists &
  Refs & {
    readonly clientId: string;
    readonly name: string;
    readonly label: string | null;
    readonly sku: string | null;
    /** Null or 0 means unlimited. */
    readonly seatsLimit: number | null;
    readonly parentLicenseId: string | null;
    readonly accessDays: number | null;
    readonly expirationDate: string | null;
    readonly enableBranding: boolean;
    readonly isDefault: boolean;
    readonly createdAt: string;
    readonly updatedAt: string;
  };

/**
 * Licenses, clients, users and groups of codes have a number as their key, the position in the order of creation. Lists
 * are in this order, so a page costs the same however many records there are.
 */
export type Numbered = { readonly number: number; readonly id: string };

export type LicenseRecord = LicenseFields & Numbered;

export type ClientRecord = IdLists &
  Numbered & {
    readonly given: JsonObject;
    /** As every answer shows them, so that users can be given a client by them. */
    readonly name: string;
    readonly slug: string;
    readonly sku: string | null;
    readonly createdAt: string;
    /** Tags on the client itself. */
    readonly tagIds: readonly string[];
    readonly defaultLicenseId: string | null;
    /** The seats of all its licenses that have a limit. */
    readonly seatsAllocated: number;
  };

export type ContentRecord = {
  readonly id: string;
  readonly given: JsonObject;
  /** As every answer shows them; null where the kind of content has none. */
  readonly slug: string | null;
  readonly sku: string | null;
};

/** The names `ti.licenses` and `ti.clients` belong to version 0.1: `old-records.ts`. */
export const licenses: Collection<LicenseRecord> = {
  name: 'ti.numbered-licenses',
  key: 'number',
  indexes: [
    { field: 'id', unique: true },
    { field: 'clientId', unique: false },
    { field: 'parentLicenseId', unique: false },
    { field: 'sku', unique: false },
  ],
};
export const clients: Collection<ClientRecord> = {
  name: 'ti.numbered-clients',
  key: 'number',
  indexes: [
    { field: 'id', unique: true },
    { field: 'slug', unique: false },
    { field: 'sku', unique: false },
  ],
};
export const courses = contentCollection('ti.courses');
export const learningPaths = contentCollection('ti.learning-paths');
export const courseTags = contentCollection('ti.course-tags');

function contentCollection(name: string): Collection<ContentRecord> {
  return {
    name,
    key: 'id',
    indexes: [
      { field: 'slug', unique: false },
      { field: 'sku', unique: false },
    ],
  };
}

/** The highest number of a license that was deleted, so that an exported state goes on with the same ids. */
export const deleted: Collection<{ readonly kind: 'license'; readonly highest: number }> = {
  name: 'ti.deleted',
  key: 'kind',
  indexes: [],
};

export const lists = [
  { ids: 'courseIds', noun: 'course', content: courses },
  {
    ids: 'learningPathIds',
    noun: 'learning path',
    content: learningPaths,
  },
  { ids: 'courseTagIds', noun: 'course tag', content: courseTags },
] as const;

/** Computes a value for each of the three lists. */
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

/** TI-LICENSE-LISTS: a repeated id counts once. */
export function uniqueTexts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? [...new Set(value.map(String))] : [];
}
