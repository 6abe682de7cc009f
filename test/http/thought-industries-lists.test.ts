/** Pages of lists, by number and by cursor, while others write. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { newEmail, openSchool, type Shown } from '../support/thought-industries-school.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ settings: { 'TI-PAGE-SIZE': '4' } });
});
afterAll(() => server.stop());

const { call, shown, client, license, user } = openSchool(() => server);

/** Follows the cursors from the first page; `between` runs after each page. */
async function walk(
  path: string,
  read: (page: Shown) => readonly Shown[],
  between: () => Promise<unknown> = async () => {},
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: string = cursor === '' ? '' : `cursor=${encodeURIComponent(cursor)}`;
    const page = await shown(call('GET', `${path}${path.includes('?') ? '&' : '?'}${query}`));
    ids.push(...read(page).map(({ id }) => id));
    expect(page.pageInfo.hasMore).toBe(page.pageInfo.cursor !== null);
    cursor = page.pageInfo.cursor;
    await between();
  }
  return ids;
}

async function licensesOf(count: number) {
  const clientId = randomUUID();
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) ids.push((await license({ clientId })).id);
  return { clientId, ids, path: `clients/${clientId}/licenses` };
}

describe('TI-PAGES: the licenses of a client', () => {
  it('TI-PAGE-SIZE: come in pages by number, in the order of their creation', async () => {
    const { ids, path } = await licensesOf(9);
    const pages = [];
    for (const page of [1, 2, 3, 4]) pages.push(await shown(call('GET', `${path}?page=${page}`)));
    expect(pages.flatMap(({ licenses }) => licenses.map(({ id }) => id))).toEqual(ids);
    expect(pages.map(({ pageInfo }) => pageInfo)).toMatchObject([
      { perPage: 4, currentPage: 1, total: 9, hasMore: true },
      { perPage: 4, currentPage: 2, total: 9, hasMore: true },
      { perPage: 4, currentPage: 3, total: 9, hasMore: false, cursor: null },
      { perPage: 4, currentPage: 4, total: 9, hasMore: false, cursor: null },
    ]);
  });

  it('take the cursor of the docs, which is a page in base64', async () => {
    const { ids, path } = await licensesOf(6);
    const { licenses } = await shown(call('GET', `${path}?cursor=eyJwYWdlIjoyfQ==`));
    expect(licenses.map(({ id }) => id)).toEqual(ids.slice(4));
    for (const bad of ['x', 'e30=', 'eyJwYWdlIjowfQ==', 'eyJwYWdlIjoiMiJ9', 'bnVsbA=='])
      expect((await call('GET', `${path}?cursor=${bad}`)).status, bad).toBe(400);
  });

  it('come each once while licenses are created and deleted', async () => {
    const { clientId, ids, path } = await licensesOf(14);
    const gone: string[] = [];
    const seen = await walk(
      path,
      ({ licenses }) => licenses,
      async () => {
        // One that was shown already, one that was not, and a new one.
        for (const id of [ids[gone.length], ids.at(-1 - gone.length)]) {
          if (id !== undefined && (await call('DELETE', `licenses/${id}`)).status === 200)
            gone.push(id);
        }
        if (gone.length < 6) await license({ clientId });
      },
    );
    expect(new Set(seen).size).toBe(seen.length);
    const kept = ids.filter((id) => !gone.includes(id));
    expect(seen.filter((id) => kept.includes(id))).toEqual(kept);
  });
});

it.each(['name:asc', 'name:desc'])(
  'TI-PAGES: clients sorted by %s come each once while others are created',
  async (sort) => {
    const word = randomUUID();
    const ids: string[] = [];
    // Pairs of one name, so that pages also end between equals.
    for (const letter of ['b', 'b', 'c', 'd', 'd', 'd', 'e', 'f', 'f'])
      ids.push((await client({ name: `${word} ${letter}` })).id);
    const seen = await walk(
      `clients?query=${word}&sort=${sort}&count=2`,
      ({ clients }) => clients,
      async () => {
        for (const letter of ['a', 'd', 'g']) await client({ name: `${word} ${letter}` });
      },
    );
    expect(new Set(seen).size).toBe(seen.length);
    const expected = sort === 'name:asc' ? ids : ids.toReversed();
    expect(seen.filter((id) => ids.includes(id))).toEqual(expected);
  },
);

it('TI-PAGES: users are listed by role, each once', async () => {
  const role = `role-${randomUUID()}`;
  const made: string[] = [];
  for (let each = 0; each < 9; each += 1) made.push((await user({ role })).id);
  await user();
  const seen = await walk(
    `users?role=${role}`,
    ({ users }) => users,
    () => call('POST', 'users', { email: newEmail(), role: 'other' }),
  );
  expect(seen).toEqual(made);
});

it('TI-LIST-DEPTH: users in a list have ids of courses alone', async () => {
  const role = `role-${randomUUID()}`;
  const courseId = randomUUID();
  await user({ role, courseIds: [courseId] });
  const { users } = await shown(call('GET', `users?role=${role}`));
  expect(users).toMatchObject([{ purchasedCourses: [{ courseId, course: null }] }]);
});
