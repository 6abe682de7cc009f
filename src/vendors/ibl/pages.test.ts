import { describe, expect, it } from 'vitest';
import { requestOf } from '../../../test/support/ibl-world.ts';
import { pageUrl, showPage } from './pages.ts';

const http = (query: string) =>
  requestOf({ baseUrl: 'http://host/_sandbox/a/dm', path: '/list/', query });
const page = { count: 5, results: [] };

describe('showPage', () => {
  const neighbours = { previous: 1, next: 3 };
  it.each([
    [
      'urls',
      { next_page: 'http://host/_sandbox/a/dm/list/?page=3' },
      { previous_page: 'http://host/_sandbox/a/dm/list/' },
    ],
    ['integers', { next_page: 3 }, { previous_page: 1 }],
    [
      'drf',
      { next: 'http://host/_sandbox/a/dm/list/?page=3' },
      { previous: 'http://host/_sandbox/a/dm/list/' },
    ],
  ])('%s', (links, next, previous) => {
    const shown = showPage(5, neighbours, [], http('page=2'), links);
    expect(JSON.stringify(shown)).toBe(
      JSON.stringify({ count: 5, ...next, ...previous, results: [] }),
    );
  });

  it.each(['urls', 'integers', 'drf'])('has null where there is no neighbour: %s', (links) => {
    const shown = showPage(5, { previous: undefined, next: undefined }, [], http(''), links);
    const [next, previous] =
      links === 'drf' ? ['next', 'previous'] : ['next_page', 'previous_page'];
    expect(shown).toEqual({ ...page, [next]: null, [previous]: null });
  });
});

describe('pageUrl', () => {
  it.each([
    ['', 2, '?page=2'],
    ['page=7', 1, ''],
    ['page=7&page=8&name=a', 2, '?name=a&page=2'],
    ['verbose=true&name=a+b&active=', 2, '?active=&name=a+b&page=2&verbose=true'],
    ['b=2&a=1&b=1', 3, '?a=1&b=2&b=1&page=3'],
    ['name=%C3%A9%26*', 2, '?name=%C3%A9%26%2A&page=2'],
    ['q=%ff', 2, '?page=2&q=%EF%BF%BD'],
  ])('%j, page %d', (query, number, written) => {
    expect(pageUrl(http(query), number)).toBe(`http://host/_sandbox/a/dm/list/${written}`);
  });
});
