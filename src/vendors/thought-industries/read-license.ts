/** The fields of a license in a request's body. */
import type { Problem } from '../../frameworks/framework.ts';
import type { JsonObject } from '../../messages/json.ts';
import {
  mapLists,
  numberOrNull,
  textOrNull,
  uniqueTexts,
  type IdLists,
  type LicenseFields,
  type ListName,
} from './records.ts';
import { parseTimestamp } from './timestamp.ts';

type Fields = Omit<LicenseFields, 'clientId' | keyof IdLists | 'createdAt' | 'updatedAt'>;

/** One reader a field. */
const readers: { readonly [Name in keyof Fields]: (sent: JsonObject) => Fields[Name] } = {
  name: ({ name }) => String(name),
  label: ({ label }) => textOrNull(label),
  sku: ({ sku }) => textOrNull(sku),
  seatsLimit: ({ seatsLimit }) => numberOrNull(seatsLimit),
  parentLicenseId: ({ parentLicenseId }) => textOrNull(parentLicenseId),
  accessDays: ({ accessDays }) => numberOrNull(accessDays),
  expirationDate: ({ expirationDate }) =>
    typeof expirationDate === 'string' ? (parseTimestamp(expirationDate)?.utc ?? null) : null,
  enableBranding: ({ enableBranding }) => enableBranding === true,
  isDefault: ({ isDefault }) => isDefault === true,
  ref1: ({ ref1 }) => textOrNull(ref1),
  ref2: ({ ref2 }) => textOrNull(ref2),
  ref3: ({ ref3 }) => textOrNull(ref3),
  ref4: ({ ref4 }) => textOrNull(ref4),
  ref5: ({ ref5 }) => textOrNull(ref5),
  ref6: ({ ref6 }) => textOrNull(ref6),
  ref7: ({ ref7 }) => textOrNull(ref7),
  ref8: ({ ref8 }) => textOrNull(ref8),
  ref9: ({ ref9 }) => textOrNull(ref9),
  ref10: ({ ref10 }) => textOrNull(ref10),
};
const names = Object.keys(readers) as (keyof Fields)[];
const OPTIONAL = names.filter((name) => name !== 'name');

/** TI-OMITTED: a field that is not sent is null, or false if it is a boolean. */
export function readFields(sent: JsonObject): Fields {
  return Object.fromEntries(names.map((name) => [name, readers[name](sent)])) as Fields;
}

/** The fields that were sent. */
export function readSentFields(sent: JsonObject): Partial<Fields> {
  const present = names.filter((name) => Object.hasOwn(sent, name));
  return Object.fromEntries(present.map((name) => [name, readers[name](sent)]));
}

export function readLists(sent: JsonObject): IdLists {
  return mapLists((name) => uniqueTexts(sent[name]));
}

const FLAGS = {
  courseIds: 'replaceCourseIds',
  learningPathIds: 'replaceLearningPathIds',
  courseTagIds: 'replaceCourseTagIds',
} as const;

/** The lists after the sent ones were appended to them, or have replaced them. */
export function joinLists(before: IdLists, added: IdLists, sent: JsonObject = {}): IdLists {
  return mapLists((name: ListName) =>
    sent[FLAGS[name]] === true ? added[name] : [...new Set([...before[name], ...added[name]])],
  );
}

/** Returns a problem if a date in UTC is outside the years 0 to 9999. */
export function findImpossibleDate(sent: JsonObject, name: string): Problem | undefined {
  const value = sent[name];
  if (typeof value !== 'string' || parseTimestamp(value)) return undefined;
  const message = 'is no moment of the years 0 to 9999 in UTC';
  const violation = { in: 'body' as const, path: [name], keyword: 'format', message };
  return { problem: 'invalid', violations: [violation] };
}

/** Ledger rows that the fields of a request depend on. */
export function rowsBehindFields(sent: JsonObject, fields: Fields, lists: IdLists): string[] {
  const hasDoubles = (name: ListName) => [sent[name]].flat().length !== lists[name].length;
  const counted = (Object.keys(lists) as ListName[]).filter((name) => Array.isArray(sent[name]));
  return [
    ...(fields.name.trim() === '' ? ['TI-BLANK-NAME'] : []),
    ...(fields.seatsLimit === 0 ? ['TI-SEATS'] : []),
    ...(OPTIONAL.some((name) => !Object.hasOwn(sent, name)) ? ['TI-OMITTED'] : []),
    ...(counted.some(hasDoubles) ? ['TI-LICENSE-LISTS'] : []),
  ];
}
