/** A page and how it points at its neighbours: ledger IBL-PAGE-LINKS. */
import type { Json, JsonObject } from '../../messages/json.ts';
import type { HttpRequest } from '../../messages/message.ts';
import { quotePlus } from '../../frameworks/django-rest-framework/python-text.ts';

/** Page numbers; undefined where there is none. */
export type Neighbours = {
  readonly previous: number | undefined;
  readonly next: number | undefined;
};

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

/** The request's own URL with another page. The framework sorts the query by name and names no page 1. */
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
