/** POST /api/licenses: a search. */
import { isJsonObject, type Json, type JsonObject } from '../../../messages/json.ts';
import type { Handler, World } from '../../vendor.ts';
import { accountOf } from '../credentials.ts';
import { collectionResponse, ok } from '../envelopes.ts';
import { findPage, type Page } from '../pages.ts';
import { licenses, titles, type License } from '../records.ts';
import type { AliceConfig } from '../scenario.ts';
import { meets, readFilters, readSort, type Term } from '../search-terms.ts';
import { holdersOf } from '../seats.ts';
import { showLicenseDto } from '../show/license-dto.ts';

export const searchLicenses: Handler<AliceConfig> = async ({ body }, world) => {
  const asked = isJsonObject(body) ? body : {};
  const filters = fillFilters(asked['Filters']);
  const { isbn, terms } = readFilters(filters ?? {}, world);
  const sort = readSort(objectOf(asked['SortFields']), world);
  const page = findPage(asked, world);
  world.note('ALICE-SEARCH-ANSWER');
  const { found, total } =
    isbn === undefined
      ? await findAny(terms, sort, page, world)
      : await findByIsbn(isbn, terms, sort, page, world);
  const account = accountOf(world);
  const rows: JsonObject[] = [];
  for (const license of found) {
    rows.push(showLicenseDto(license, account, await holdersOf(license, world)));
  }
  const sortFields = asked['SortFields'] ?? null;
  return ok(collectionResponse(rows, total, page, { filters, sortFields }));
};

type Sort = ReturnType<typeof readSort>;
type Found = { readonly found: readonly License[]; readonly total: number };

/** Without a sort, in the order in which the licenses were created. */
async function findAny(
  terms: readonly Term[],
  sort: Sort,
  { offset, limit }: Page,
  world: World<unknown>,
): Promise<Found> {
  const where = [{ field: 'IsDeleted' as const, equals: false }, ...terms];
  const found = await world.in(licenses).find({ where, offset, limit, ...(sort && { sort }) });
  return { found, total: await world.in(licenses).count(where) };
}

/** Goes through the titles of the ISBN. Deleted licenses have no titles. */
async function findByIsbn(
  isbn: string,
  terms: readonly Term[],
  sort: Sort,
  { offset, limit }: Page,
  world: World<unknown>,
): Promise<Found> {
  const where = [{ field: 'isbn' as const, equals: isbn }];
  const isPlain = terms.length === 0 && !sort;
  const links = await world.in(titles).find(isPlain ? { where, offset, limit } : { where });
  const all: License[] = [];
  for (const { license } of links) {
    const found = await world.in(licenses).get(license);
    if (found && terms.every((term) => meets(found, term))) all.push(found);
  }
  if (isPlain) return { found: all, total: await world.in(titles).count(where) };
  const sorted = sort ? sortLicenses(all, sort) : all;
  return { found: sorted.slice(offset, offset + limit), total: all.length };
}

/** Null comes last ascending and first descending, as in the store. */
function sortLicenses(
  all: readonly License[],
  { field, direction }: NonNullable<Sort>,
): readonly License[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return all.toSorted((one, other) => {
    const [left = null, right = null] = [one[field], other[field]];
    if (left === right) return sign * (one.number - other.number);
    if (left === null || right === null) return sign * (left === null ? 1 : -1);
    return sign * (left < right ? -1 : 1);
  });
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The request's filters, with defaults for missing members. */
function fillFilters(filters: Json | undefined): JsonObject | null {
  if (!isJsonObject(filters)) return null;
  return Object.fromEntries(
    Object.entries(filters).map(([key, filter]) => [
      key,
      isJsonObject(filter)
        ? { Value: filter['Value'] ?? null, FilterType: filter['FilterType'] ?? 0 }
        : null,
    ]),
  );
}
