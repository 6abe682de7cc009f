/** The driver does what the simplest thing that could be right does: lists, copied and searched one by one. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, Query, Records, SandboxContent, Store } from '../../src/store/store.ts';
import { books } from './library.ts';
import type { Book } from './library.ts';
import { openStore, temporaryFolder } from './temporary.ts';
import { runs } from '../support/runs.ts';

type Model = { counter: number; list: Book[] };

type Step =
  | { do: 'insert' | 'update'; book: Book }
  | { do: 'insertNext' }
  | { do: 'remove'; id: number }
  | { do: 'find'; query: Query<Book> };

type Act =
  | { act: 'transact'; steps: readonly Step[]; fails: boolean }
  | { act: 'unload' | 'reopen' | 'drop' | 'replaceBySelf' }
  | { act: 'replace'; books: readonly Book[] };

const id = fc.integer({ min: 1, max: 12 });
const book: fc.Arbitrary<Book> = fc.record(
  {
    id,
    title: fc.oneof(fc.constantFrom('Emma', 'emma', 'ÉMILE', null), fc.string({ unit: 'binary' })),
    shelf: fc.constantFrom('a', 'b', null),
    isbn: fc.oneof(fc.constant(null), fc.constantFrom('x', 'y', 'z', 'w')),
    pages: fc.option(fc.integer({ min: 0, max: 3 })),
    lent: fc.boolean(),
    metadata: fc.dictionary(
      fc.constantFrom('a', '__proto__', 'toString'),
      fc.constantFrom<unknown>('1', 1, null, true, ['1']),
      { noNullPrototype: true },
    ),
  },
  { requiredKeys: ['id'], noNullPrototype: true },
);

const condition: fc.Arbitrary<Condition<Book>> = fc.oneof(
  fc.record({ field: fc.constant('id' as const), equals: id }),
  fc.record({ field: fc.constant('shelf' as const), equals: fc.constantFrom('a', 'b', null) }),
  fc.record({ field: fc.constant('isbn' as const), equals: fc.constantFrom('x', 'y', null) }),
  fc.record({ field: fc.constant('lent' as const), equals: fc.boolean() }),
  fc.record({ field: fc.constant('pages' as const), above: fc.integer({ min: -1, max: 4 }) }),
  fc.record({
    not: fc.array(
      fc.record({ field: fc.constant('pages' as const), above: fc.integer({ min: -1, max: 4 }) }),
      { maxLength: 2 },
    ),
  }),
  fc.record({ field: fc.constant('title' as const), contains: fc.constantFrom('', 'm', 'É') }),
  fc.record({
    field: fc.constant('metadata' as const),
    at: fc.constantFrom('a', '__proto__', 'toString', 'valueOf'),
    equals: fc.constantFrom('1', 'true'),
  }),
);

const query: fc.Arbitrary<Query<Book>> = fc.record(
  {
    where: fc.array(condition, { maxLength: 3 }),
    sort: fc.record({
      field: fc.constantFrom<keyof Book>('id', 'title', 'pages', 'shelf', 'lent', 'isbn'),
      direction: fc.constantFrom('ascending', 'descending'),
    }),
    offset: fc.nat({ max: 10 }),
    limit: fc.nat({ max: 10 }),
  },
  { requiredKeys: [] },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('insert' as const), book }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('update' as const), book }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('insertNext' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), id }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('find' as const), query }) },
);

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      act: fc.constant('transact' as const),
      steps: fc.array(step, { minLength: 1, maxLength: 12 }),
      fails: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('unload' as const) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('reopen' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('drop' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('replaceBySelf' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('replace' as const),
      books: fc.uniqueArray(book, { selector: (each) => each.id, maxLength: 5 }),
    }),
  },
);

const acts = fc.array(act, { maxLength: 25 });

describe('the driver does as the model does', () => {
  it('in memory', async () => {
    const property = fc.asyncProperty(acts, async (list) => {
      const { store } = await openStore('memory');
      await check(list, store, async () => store);
      await store.close();
    });
    expect.hasAssertions();
    await fc.assert(property, { numRuns: runs(300) });
  });

  it.each(['process', 'disk'] as const)('in files, durability %s', async (durability) => {
    const limit = fc.constantFrom(1, 500, 1_000_000);
    const property = fc.asyncProperty(acts, limit, async (list, compactAboveBytes) => {
      const data = temporaryFolder();
      const open = async (): Promise<Store> =>
        (await openStore(data, { durability, limits: { compactAboveBytes } })).store;
      const store = await check(list, await open(), async (before) => {
        await before.close();
        return open();
      });
      await store.close();
    });
    expect.hasAssertions();
    await fc.assert(property, { numRuns: runs(durability === 'disk' ? 30 : 80) });
  });
});

async function check(
  list: readonly Act[],
  first: Store,
  reopen: (store: Store) => Promise<Store>,
): Promise<Store> {
  let store = first;
  let model: Model = { counter: 0, list: [] };
  for (const each of list) {
    if (each.act === 'transact') model = await transact(store, model, each);
    else if (each.act === 'unload') await store.unload('default');
    else if (each.act === 'reopen') store = await reopen(store);
    else if (each.act === 'replace') model = await replace(store, model, each.books);
    else if (each.act === 'replaceBySelf') await store.replace('default', contentOf(model));
    else {
      await store.drop('default');
      model = { counter: 0, list: [] };
    }
    expect(await exported(store)).toStrictEqual(contentOf(model));
  }
  return store;
}

const onPurpose = new Error('on purpose');

async function transact(
  store: Store,
  before: Model,
  { steps, fails }: { steps: readonly Step[]; fails: boolean },
): Promise<Model> {
  const model = structuredClone(before);
  const work = store.transact('default', async (transaction) => {
    const records = transaction.in(books);
    for (const each of steps) await takeStep(records, model, each);
    if (fails) throw onPurpose;
  });
  const failure: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBe(fails ? onPurpose : undefined);
  return fails ? before : model;
}

async function takeStep(records: Records<Book>, model: Model, each: Step): Promise<void> {
  if (each.do === 'find') {
    expect(await records.find(each.query)).toStrictEqual(search(model, each.query));
    expect(await records.count(each.query.where)).toBe(
      search(model, { where: each.query.where ?? [] }).length,
    );
  } else if (each.do === 'remove') {
    const there = model.list.some((other) => other.id === each.id);
    expect(await records.remove(each.id)).toBe(there);
    model.list = model.list.filter((other) => other.id !== each.id);
  } else if (each.do === 'insertNext') {
    const next = await records.nextId();
    expect(next).toBe(++model.counter);
    await records.insert({ id: next });
    model.list.push({ id: next });
  } else {
    await put(records, model, each.do, each.book);
  }
}

async function put(
  records: Records<Book>,
  model: Model,
  how: 'insert' | 'update',
  each: Book,
): Promise<void> {
  const others = model.list.filter((other) => other.id !== each.id);
  const isThere = others.length < model.list.length;
  const isTaken = others.some((other) => hasSameIsbn(other, each));
  const failure: unknown = await records[how](each).then(
    () => undefined,
    (error: unknown) => error,
  );
  const code = expectedFailure(how, isThere, isTaken);
  expect(failure).toStrictEqual(code && expect.objectContaining({ code }));
  if (code !== undefined) return;
  model.list = [...others, structuredClone(each)];
  if (how === 'insert') model.counter = Math.max(model.counter, each.id);
}

function expectedFailure(
  how: 'insert' | 'update',
  isThere: boolean,
  isTaken: boolean,
): string | undefined {
  if (how === 'update' && !isThere) return 'no-such-record';
  return isTaken || (how === 'insert' && isThere) ? 'duplicate-key' : undefined;
}

async function replace(store: Store, before: Model, list: readonly Book[]): Promise<Model> {
  const isWrong = list.some((each, at) => list.slice(0, at).some((o) => hasSameIsbn(o, each)));
  const model = { counter: Math.max(0, ...list.map((each) => each.id)), list: [...list] };
  const replaced = store.replace('default', contentOf(model));
  if (!isWrong) {
    await replaced;
    return model;
  }
  await expect(replaced).rejects.toMatchObject({ code: 'duplicate-key' });
  return before;
}

function hasSameIsbn(one: Book, other: Book): boolean {
  return (one.isbn ?? null) !== null && one.isbn === other.isbn;
}

async function exported(store: Store): Promise<SandboxContent> {
  if (await store.has('default')) return store.export('default');
  return { counters: {}, records: {} };
}

function contentOf({ counter, list }: Model): SandboxContent {
  return {
    counters: counter === 0 ? {} : { 'library.books': counter },
    records: list.length === 0 ? {} : { 'library.books': search({ counter, list }, {}) },
  };
}

function search({ list }: Model, { where = [], sort, offset = 0, limit }: Query<Book>): Book[] {
  const field = sort?.field ?? 'id';
  const sign = sort?.direction === 'descending' ? -1 : 1;
  return list
    .filter((each) => where.every((one) => holds(each, one)))
    .toSorted((a, b) => sign * (compare(a[field], b[field]) || a.id - b.id))
    .slice(offset, limit === undefined ? undefined : offset + limit);
}

function holds(each: Book, one: Condition<Book>): boolean {
  if ('not' in one) return !one.not.every((inner) => holds(each, inner));
  const value: unknown = each[one.field] ?? null;
  if ('contains' in one) {
    return typeof value === 'string' && value.toLowerCase().includes(one.contains.toLowerCase());
  }
  if ('above' in one) return compare(value, one.above) > 0;
  if (!('at' in one)) return value === one.equals;
  const entries = new Map<string, unknown>(Object.entries(each.metadata ?? {}));
  const inside = entries.get(one.at) ?? null;
  return typeof inside !== 'object' && String(inside) === one.equals;
}

function compare(a: unknown, b: unknown): number {
  const [left, right] = [a ?? null, b ?? null];
  if (left === right) return 0;
  if (left === null || right === null) return left === null ? 1 : -1;
  if (typeof left !== 'string' || typeof right !== 'string') return Number(left) - Number(right);
  const [one, other] = [points(left), points(right)];
  const at = one.findIndex((point, index) => point !== other[index]);
  return at === -1 ? one.length - other.length : (one[at] ?? -1) - (other[at] ?? -1);
}

function points(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
