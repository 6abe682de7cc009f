/** Pages of lists. Ledger row IBL-PAGE-LINKS describes the links between pages. */
import { quotePlus } from '../../frameworks/django-rest-framework/python-text.ts';
import type { Problem } from '../../frameworks/framework.ts';
import type { Json, JsonObject } from '../../messages/json.ts';
import type { HttpRequest, Query } from '../../messages/message.ts';
import type { IblWorld } from './credentials.ts';

const MAX_PAGE_SIZE = 100;

/** Numbers of the next and the previous page; undefined if there is none. */
export type Neighbours = {
  readonly previous: number | undefined;
  readonly next: number | undefined;
};

/** The records of a list that the request asks for. */
export type Page = Neighbours & { readonly offset: number; readonly limit: number };

/** Finds the page that `page` and `page_size` select in a list of `total` records. */
export function findPage(query: Query, total: number, world: IblWorld): Page | Problem {
  const limit = pageSize(Number(query['page_size'] ?? Number.NaN), world);
  const page = Number(query['page'] ?? 1);
  const last = Math.max(1, Math.ceil(total / limit));
  if (page < 1 || page > last) return { problem: 'not-found', detail: 'Invalid page.' };
  return {
    offset: (page - 1) * limit,
    limit,
    previous: page > 1 ? page - 1 : undefined,
    next: page < last ? page + 1 : undefined,
  };
}

/** `wanted` is NaN if it is not given. A value below 1 counts as not given; one above the maximum is reduced to it. */
function pageSize(wanted: number, world: IblWorld): number {
  if (wanted < 1 || wanted > MAX_PAGE_SIZE) world.note('IBL-PAGE-SIZE-LIMITS');
  return wanted >= 1 ? Math.min(wanted, MAX_PAGE_SIZE) : Number(world.choose('IBL-PAGE-SIZE'));
}

export function showPage(
  count: number,
  { previous, next }: Neighbours,
  results: Json[],
  http: HttpRequest,
  links: string,
): JsonObject {
  if (links === 'integers') {
    return { count, next_page: next ?? null, previous_page: previous ?? null, results };
  }
  const nextUrl = next === undefined ? null : pageUrl(http, next);
  const previousUrl = previous === undefined ? null : pageUrl(http, previous);
  return links === 'drf'
    ? { count, next: nextUrl, previous: previousUrl, results }
    : { count, next_page: nextUrl, previous_page: previousUrl, results };
}

/** The request's URL with another page number. The framework sorts the query by name and omits `page` for page 1. */
export function pageUrl({ baseUrl, path, query }: HttpRequest, page: number): string {
  const values = Map.groupBy(new URLSearchParams(`&${query}`), ([name]) => name);
  values.delete('page');
  if (page > 1) values.set('page', [['page', String(page)]]);
  const written = [...values]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, pairs]) => pairs)
    .map(([name, value]) => `${quotePlus(name)}=${quotePlus(value)}`)
    .join('&');
  return `${baseUrl}${path}${written === '' ? '' : '?'}${written}`;
}
