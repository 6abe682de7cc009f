/**
 * Pages of a list. TI-PAGES: a list has both `page` and `cursor`. A cursor is base64 of the page's number, as the docs
 * show it, and of the last record before it. So a walk by cursors shows each record once, whatever is added or deleted
 * meanwhile.
 */
import type { Problem } from '../../frameworks/framework.ts';
import type { Query as Parameters } from '../../messages/message.ts';
import type { Collection, Condition, Query } from '../../store/store.ts';
import type { TiWorld } from './credentials.ts';
import { malformed } from './find.ts';
import type { Numbered } from './records.ts';

export type List<R extends Numbered> = {
  readonly collection: Collection<R>;
  readonly where: readonly Condition<R>[];
  /** Default: the order of creation. */
  readonly sort?: Query<R>['sort'];
  readonly size: number;
};

export type Page<R extends Numbered> = {
  readonly records: readonly Readonly<R>[];
  readonly pageInfo: PageInfo;
};

type PageInfo = {
  readonly perPage: number;
  readonly currentPage: number;
  readonly total: number;
  readonly hasMore: boolean;
  /** Null on the last page. */
  readonly cursor: string | null;
};

/** `after` is the number of the last record before the page; `value` is what a sorted list was sorted by there. */
type Place = {
  readonly page: number;
  readonly after?: number;
  readonly value?: string;
};

export function pageSize(world: TiWorld): number {
  return Number(world.choose('TI-PAGE-SIZE'));
}

export async function readPage<R extends Numbered>(
  list: List<R>,
  query: Parameters,
  world: TiWorld,
): Promise<Page<R> | Problem> {
  world.note('TI-PAGES');
  const place = readPlace(query);
  if (!place) return malformed('query', 'cursor');
  const { collection, where, sort, size } = list;
  const total = await world.in(collection).count(where);
  const offset = await findOffset(list, place, total, world);
  const records = await world
    .in(collection)
    .find({ where, ...(sort && { sort }), offset, limit: size });
  const last = records.at(-1);
  const hasMore = last !== undefined && offset + records.length < total;
  const next: Place = {
    page: place.page + 1,
    ...(last && { after: last.number }),
    ...(last && sort && { value: String(last[sort.field]) }),
  };
  return {
    records,
    pageInfo: {
      perPage: size,
      currentPage: place.page,
      total,
      hasMore,
      cursor: hasMore ? Buffer.from(JSON.stringify(next)).toString('base64') : null,
    },
  };
}

/** Undefined where the cursor is none. A cursor counts before a page; an empty parameter is none. */
function readPlace({ page = '', cursor = '' }: Parameters): Place | undefined {
  if (cursor === '') return { page: page === '' ? 1 : Number(page) };
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(String(cursor), 'base64').toString());
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { page: number, after, value: sorted } = value as Record<string, unknown>;
  const isPage = Number.isInteger(number) && Number(number) >= 1 && Number(number) < 2 ** 31;
  if (!isPage || (after !== undefined && !Number.isInteger(after))) return undefined;
  if (sorted !== undefined && typeof sorted !== 'string') return undefined;
  return {
    page: Number(number),
    ...(after !== undefined && { after: Number(after) }),
    ...(sorted !== undefined && { value: sorted }),
  };
}

/** How many records come before the page. */
async function findOffset<R extends Numbered>(
  list: List<R>,
  { page, after, value }: Place,
  total: number,
  world: TiWorld,
): Promise<number> {
  if (after !== undefined && !list.sort) return countUpTo(list, after, total, world);
  if (after !== undefined && value !== undefined && list.sort) {
    return countSortedUpTo(list, list.sort, after, value, world);
  }
  return (page - 1) * list.size;
}

/** How many records are not after this one in a sorted list. Records of one value are in the order of numbers. */
async function countSortedUpTo<R extends Numbered>(
  { collection, where }: List<R>,
  { field, direction }: NonNullable<Query<R>['sort']>,
  after: number,
  value: string,
  world: TiWorld,
): Promise<number> {
  const count = (...more: readonly Condition<R>[]) =>
    world.in(collection).count([...where, ...more]);
  const above = { field, above: value };
  const same = { field, equals: value };
  const isAfter = { field: 'number', above: after } as const;
  if (direction === 'ascending') {
    return (await count({ not: [above] })) - (await count(same, isAfter));
  }
  return (await count(above)) + (await count(same, { ...isAfter, above: after - 1 }));
}

/** How many records are not after the one with this number. The list is in the order of numbers. */
async function countUpTo<R extends Numbered>(
  { collection, where }: List<R>,
  after: number,
  total: number,
  world: TiWorld,
): Promise<number> {
  let [low, high] = [0, total];
  while (low < high) {
    const middle = (low + high) >> 1;
    const [record] = await world.in(collection).find({ where, offset: middle, limit: 1 });
    if (record && record.number <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}
