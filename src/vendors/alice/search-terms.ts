/** Turns the filters and sorts of a search into conditions. ALICE-SEARCH-FILTERS. */
import { isJsonObject, type JsonObject } from '../../messages/json.ts';
import { parseGuid } from '../../frameworks/aspnet-web-api/values/guid.ts';
import type { Query } from '../../store/store.ts';
import type { World } from '../vendor.ts';
import type { License } from './records.ts';
import { FILTER_KEYS, SORT_KEYS } from './search-requests.ts';

/** A condition of the store that `meets` can check as well. */
export type Term =
  | { readonly field: keyof License & string; readonly equals: string | number | boolean }
  | { readonly field: keyof License & string; readonly contains: string };

type ToTerm = (value: string) => Term;

const contains =
  (field: keyof License & string): ToTerm =>
  (value) => ({ field, contains: value });
const isId =
  (field: keyof License & string): ToTerm =>
  (value) => ({ field, equals: parseGuid(value) ?? value });
const isNumber =
  (field: keyof License & string): ToTerm =>
  (value) => ({ field, equals: Number(value) });

/** Keyed by the filter's key in lower case. Ids and numbers must be equal. */
const TERMS: Readonly<Record<string, ToTerm>> = {
  targetidentifier: isId('TargetUserGroupId'),
  targetname: contains('targetName'),
  isbn: contains('isbns'),
  productname: contains('productName'),
  startdate: contains('StartDate'),
  enddate: contains('EndDate'),
  licensetype: isNumber('LicenseType'),
  licensetypeid: isNumber('LicenseType'),
  accesstype: isNumber('AccessType'),
  accesstypeid: isNumber('AccessType'),
  ownerid: isId('OwnerId'),
  ownername: contains('ownerName'),
  municipalityname: contains('municipalityName'),
  municipalitynumber: contains('municipalityNumber'),
  licensecategory: contains('categoryName'),
  licensecategoryid: isId('LicenseCategoryId'),
  paused: (value) => ({ field: 'IsPaused', equals: value.trim().toLowerCase() === 'true' }),
};

const SORTS: Readonly<Record<string, keyof License & string>> = {
  ownername: 'ownerName',
  productname: 'productName',
  isbn: 'isbns',
  startdate: 'StartDate',
  enddate: 'EndDate',
  municipalityname: 'municipalityName',
  accesstype: 'AccessType',
  licensetype: 'LicenseType',
  targetidentifier: 'TargetUserGroupId',
  targetname: 'targetName',
};

export type Terms = {
  /** The value of a filter for a whole ISBN. `ProductIsbn` is the report's name of the key. */
  readonly isbn: string | undefined;
  readonly terms: readonly Term[];
};

/** ALICE-SEARCH-FILTERS: whether a text has to be the value as a whole, or only to contain it. */
export function areWholeTexts(world: World<unknown>): boolean {
  return world.choose('ALICE-SEARCH-FILTERS') === 'equals';
}

/** An empty value filters nothing. Unknown keys, and keys without data in the mock, are ignored with a warning. */
export function readFilters(filters: JsonObject, world: World<unknown>): Terms {
  const terms: Term[] = [];
  let isbn: string | undefined;
  for (const [key, filter] of Object.entries(filters)) {
    const value = isJsonObject(filter) ? filter['Value'] : null;
    if (typeof value !== 'string' || value.trim() === '') continue;
    const isWhole = areWholeTexts(world);
    const name = key.toLowerCase().replace(/^productisbn$/, 'isbn');
    const toTerm = Object.hasOwn(TERMS, name) ? TERMS[name] : undefined;
    if (name === 'isbn' && /^(?:\d{9}[\dXx]|\d{13})$/.test(value.trim())) isbn = value.trim();
    else if (toTerm) terms.push(isWhole ? toWhole(toTerm(value)) : toTerm(value));
    else warnOfKey(['Filters', key], key, FILTER_KEYS, world);
  }
  return { isbn, terms };
}

function toWhole(term: Term): Term {
  return 'contains' in term ? { field: term.field, equals: term.contains } : term;
}

/** Uses the first entry that has an order. */
export function readSort(
  sortFields: JsonObject,
  world: World<unknown>,
): NonNullable<Query<License>['sort']> | undefined {
  for (const [key, order] of Object.entries(sortFields)) {
    if (order !== 1 && order !== 2) continue;
    world.note('ALICE-SEARCH-ENUMS');
    const name = key.toLowerCase().replace(/^productisbn$/, 'isbn');
    const field = Object.hasOwn(SORTS, name) ? SORTS[name] : undefined;
    if (field) return { field, direction: order === 1 ? 'ascending' : 'descending' };
    warnOfKey(['SortFields', key], key, SORT_KEYS, world);
  }
  return undefined;
}

function warnOfKey(
  path: readonly string[],
  key: string,
  known: readonly string[],
  world: World<unknown>,
): void {
  const isKnown = known.some((each) => each.toLowerCase() === key.toLowerCase());
  const message = isKnown
    ? `"${key.slice(0, 80)}" is ignored: the mock keeps no such data of a license.`
    : `"${key.slice(0, 80)}" is not a documented key; the mock ignores it.`;
  world.note('ALICE-SEARCH-KEYS');
  world.warn({ in: 'body', path, keyword: 'additionalProperties', message });
}

/** Checks one license as the store does. */
export function meets(license: License, term: Term): boolean {
  const value: unknown = license[term.field];
  if ('equals' in term) return value === term.equals;
  return typeof value === 'string' && value.toLowerCase().includes(term.contains.toLowerCase());
}
