/** POST /api/user/{id}/licenses: searches the licenses around a user; a row for each title. ALICE-USER-SEARCH. */
import { isJsonObject, type Json, type JsonObject } from '../../../messages/json.ts';
import { parseGuid } from '../../../frameworks/aspnet-web-api/values/guid.ts';
import type { Handler, World } from '../../vendor.ts';
import { findObstacle, licensesAround, readAsking } from '../access.ts';
import { collectionResponse, ok } from '../envelopes.ts';
import { isbnsOf } from '../made-content.ts';
import { findPage } from '../pages.ts';
import type { AliceConfig } from '../scenario.ts';
import { areWholeTexts } from '../search-terms.ts';
import { showUserLicense } from '../show/license-response.ts';

/** The keys that `KnownSearchFields` and `KnownSortFields` of the request list. */
const SEARCH_FIELDS = [
  'ProductName',
  'Isbn',
  'StartDate',
  'EndDate',
  'Topic',
  'TopicName',
  'AccessType',
  'AccessTypeName',
  'LicenseType',
  'LicenseTypeName',
  'IsActive',
  'SubscriptionNumber',
];
const SORT_FIELDS = [
  'ProductName',
  'Isbn',
  'StartDate',
  'EndDate',
  'TopicName',
  'AccessTypeName',
  'LicenseTypeName',
  'SubscriptionNumber',
];

export const searchUserLicenses: Handler<AliceConfig> = async ({ route, body }, world) => {
  const asked = isJsonObject(body) ? body : {};
  const user = parseGuid(route.parameters['id'] ?? '') ?? '';
  const around = await licensesAround(await readAsking(user, null, world), world);
  const all = around.flatMap((license) => {
    const isActive = findObstacle(license, world) === undefined;
    const isbns = isbnsOf(license);
    return (isbns.length > 0 ? isbns : [null]).map((isbn) =>
      showUserLicense(license, isbn, isActive),
    );
  });
  world.note('ALICE-USER-SEARCH');
  const found = filterRows(all, itemsOf(asked['SearchBy']), world);
  const sorted = sortRows(found, itemsOf(asked['SortBy']), world);
  const page = findPage(asked, world);
  const rows = sorted.slice(page.offset, page.offset + page.limit);
  return ok(collectionResponse(rows, found.length, page, { filters: null, sortFields: null }));
};

function itemsOf(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter((each) => isJsonObject(each)) : [];
}

/** A text must contain the value; other values must be equal. An empty value filters nothing. */
function filterRows(
  rows: readonly JsonObject[],
  filters: readonly JsonObject[],
  world: World<unknown>,
): readonly JsonObject[] {
  return filters.reduce((left, { Key, Value = null }, index) => {
    const name = findName(Key, SEARCH_FIELDS, ['SearchBy', index], world);
    const wanted = String(Value ?? '')
      .trim()
      .toLowerCase();
    if (name === undefined || wanted === '') return left;
    const isWhole = areWholeTexts(world);
    return left.filter((row) => {
      const value = row[name];
      const text = String(value ?? '').toLowerCase();
      return typeof value === 'string' && !isWhole ? text.includes(wanted) : text === wanted;
    });
  }, rows);
}

/** Sorts by the first entry that has an order. */
function sortRows(
  rows: readonly JsonObject[],
  sorts: readonly JsonObject[],
  world: World<unknown>,
): readonly JsonObject[] {
  for (const [index, { Key, Order }] of sorts.entries()) {
    if (Order !== 1 && Order !== 2) continue;
    world.note('ALICE-SEARCH-ENUMS');
    const name = findName(Key, SORT_FIELDS, ['SortBy', index], world);
    if (name === undefined) continue;
    const sign = Order === 1 ? 1 : -1;
    return rows.toSorted((one, other) => {
      const [left, right] = [String(one[name] ?? ''), String(other[name] ?? '')];
      if (left === right) return 0;
      return left < right ? -sign : sign;
    });
  }
  return rows;
}

function findName(
  key: Json | undefined,
  known: readonly string[],
  path: readonly (string | number)[],
  world: World<unknown>,
): string | undefined {
  const written = String(key ?? '');
  const found = known.find((each) => each.toLowerCase() === written.toLowerCase());
  if (found !== undefined) return found;
  const message = `"${written.slice(0, 80)}" is not a documented key; the mock ignores it.`;
  world.note('ALICE-SEARCH-KEYS');
  world.warn({ in: 'body', path: [...path, 'Key'], keyword: 'additionalProperties', message });
  return undefined;
}
