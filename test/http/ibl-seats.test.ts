/** Seats of ibl's licenses: assigned, limited, changed and taken back, the same way for every kind that has them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { control } from '../support/control-client.ts';
import { openIbl, type Ask, type Ibl } from '../support/ibl-http.ts';

const scenario = `
ibl:
  credentials:
    - { token: dm-admin, role: dm-admin }
    - { token: acme-admin, role: platform-admin, platform: acme }
    - { token: beta-admin, role: platform-admin, platform: beta }
  users:
    - { id: 1, username: maya, email: Maya@example.com, name: Maya Lindqvist, platform_key: acme }
    - { id: 2, username: noor, email: noor@example.com, platform_key: acme }
    - { id: 3, username: sam, email: sam@example.com, platform_key: acme }
    - { id: 4, username: kim, email: kim@example.com, platform_key: beta }
  groups:
    - { id: 1, name: Staff, platform_key: acme, members: [1, 2, 3] }
    - { id: 2, name: Pair, platform_key: acme, members: [1, 2] }
    - { id: 3, name: Others, platform_key: beta, members: [4] }
  user_licenses: [{ id: 7, platform_key: acme, name: Seats, count: 3 }]
  course_licenses: [{ id: 7, platform_key: acme, course_id: law, name: Seats, count: 3 }]
  licenses: [{ id: 7, platform_key: acme, program_key: bar, name: Seats, count: 3 }]
`;

let ibl: Ibl;
beforeAll(async () => {
  ibl = await openIbl({ scenario, clock: '2026-11-21T09:30:00Z' });
});
beforeEach(async () => {
  await control(ibl.url, 'POST /sandboxes/default/reset');
});
afterAll(() => ibl.stop());

const NOT_FOUND = { status: 404, body: { detail: 'Not found.' } };
const FORBIDDEN = { status: 403 };

/** The calls of one kind. Each body is of license 7 unless it says otherwise. */
function of(kind: string) {
  const at = `/api/catalog/licenses/${kind}/`;
  const seats = `${at}assignment/`;
  const groups = `${seats}group/`;
  const remove =
    (path: string) =>
    (query: string, more: Ask = {}) =>
      ibl.ask(`${path}?${query}`, { ...more, method: 'DELETE' });
  return {
    ask: (path: string, more: Ask = {}) => ibl.ask(`${at}${path}`, more),
    update: (body: object, more: Ask = {}) =>
      ibl.ask(`${at}update/`, { ...more, body: { license_id: 7, ...body } }),
    assign: (body: object, more: Ask = {}, query = '') =>
      ibl.ask(`${seats}${query}`, { ...more, body: { license_id: 7, ...body } }),
    assigned: (query = '', more: Ask = {}) => ibl.ask(`${seats}?license_id=7${query}`, more),
    unassign: remove(seats),
    assignGroup: (group_id: number, body: object = {}, more: Ask = {}) =>
      ibl.ask(groups, { ...more, body: { license_id: 7, group_id, ...body } }),
    groups: (query = '', more: Ask = {}) => ibl.ask(`${groups}?license_id=7${query}`, more),
    unassignGroup: remove(groups),
    /** How many active assignments the license says that it has. */
    used: async () => {
      const { body } = await ibl.ask(`${at}?query=seats`);
      const [license] = body['results'] as { usage_count: number }[];
      return license?.usage_count;
    },
  };
}

describe.each(['user', 'course', 'program'])('a license of kind %s', (kind) => {
  const { update, assign, assigned, unassign, assignGroup, groups, unassignGroup, used, ask } =
    of(kind);

  it('gives a seat to a user, and takes it back', async () => {
    const made = await assign({ user_id: 1, metadata: { team: 'emea' } });
    expect(made).toMatchObject({
      status: 200,
      warnings: 0,
      body: {
        id: 1,
        user_id: 1,
        username: 'maya',
        email: 'Maya@example.com',
        active: true,
        fulfilled: false,
        metadata: { team: 'emea' },
        license_id: 7,
        license_name: 'Seats',
      },
    });
    expect((await assigned()).body).toMatchObject({ count: 1, results: [made.body] });
    expect(await used()).toBe(1);
    expect(await unassign('assignment_id=1&license_id=7')).toMatchObject({ status: 200, body: {} });
    expect(await unassign('assignment_id=1&license_id=7')).toMatchObject(NOT_FOUND);
    expect((await assigned()).body).toMatchObject({ count: 0, results: [] });
    expect(await used()).toBe(0);
  });

  it('IBL-NO-SEAT: gives no more seats than it has', async () => {
    for (const user_id of [1, 2, 3]) await assign({ user_id });
    const refused = await assign({ email: 'one.more@example.com' });
    expect(refused).toMatchObject({
      status: 400,
      body: { error: 'Not enough free seats: 1 needed, 0 free.' },
    });
    expect(refused.ledger).toContain('IBL-NO-SEAT');
    expect(await used()).toBe(3);
    await unassign('assignment_id=2&license_id=7');
    expect(await assign({ email: 'one.more@example.com' })).toMatchObject({ status: 200 });
    expect(await update({ count: 2 })).toMatchObject({ status: 400 });
    expect(await update({ count: 4 })).toMatchObject({ status: 200, body: { count: 4 } });
    expect(await assign({ email: 'last@example.com' })).toMatchObject({ status: 200 });
  });

  it('gives the last seat once, however many ask for it at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => assign({ email: `p${i}@example.com` })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(await used()).toBe(3);
    expect((await assigned()).body['count']).toBe(3);
  });

  it('IBL-EMAIL-ONLY: takes an e-mail address that no user has', async () => {
    const made = await assign({ email: 'new@example.com' });
    expect(made.body).toMatchObject({ user_id: null, username: null, email: 'new@example.com' });
    expect(made.ledger).toContain('IBL-EMAIL-ONLY');
    const known = await assign({ email: 'MAYA@example.com' });
    expect(known.body).toMatchObject({ user_id: 1, email: 'Maya@example.com' });
  });

  it('IBL-ASSIGNEE: needs a user or an e-mail address, and the user counts first', async () => {
    const nobody = await assign({});
    expect(nobody).toMatchObject({
      status: 400,
      body: { non_field_errors: ['Either user_id or email is required.'] },
    });
    expect(nobody.ledger).toContain('IBL-ASSIGNEE');
    expect((await assign({ user_id: 2, email: 'sam@example.com' })).body['user_id']).toBe(2);
  });

  it('IBL-MEMBERS: knows no users and groups of another platform', async () => {
    const foreign = await assign({ user_id: 4 });
    expect(foreign).toMatchObject(NOT_FOUND);
    expect(foreign.ledger).toContain('IBL-MEMBERS');
    expect(await assign({ user_id: 99 })).toMatchObject(NOT_FOUND);
    expect(await assignGroup(3)).toMatchObject(NOT_FOUND);
    expect(await assignGroup(99)).toMatchObject(NOT_FOUND);
    expect((await assign({ email: 'kim@example.com' })).body['user_id']).toBeNull();
  });

  it('IBL-ASSIGN-AGAIN: changes the assignment that a user has', async () => {
    await assign({ user_id: 1, metadata: { team: 'emea' } });
    const again = await assign({ email: 'maya@example.com', fulfilled: true });
    expect(again.body).toMatchObject({ id: 1, fulfilled: true, metadata: { team: 'emea' } });
    expect(again.ledger).toContain('IBL-ASSIGN-AGAIN');
    expect((await assign({ user_id: 1 })).body).toMatchObject({ id: 1, fulfilled: false });
    expect(await used()).toBe(1);
    await assignGroup(1);
    const group = await assignGroup(1, { metadata: { a: 1 } });
    expect(group.body).toMatchObject({ id: 1, metadata: { a: 1 } });
    expect(group.ledger).toContain('IBL-ASSIGN-AGAIN');
    expect((await groups()).body['count']).toBe(1);
  });

  it('frees the seat of an assignment that is made inactive, and needs one to make it active', async () => {
    await assign({ user_id: 1, active: false });
    expect(await used()).toBe(0);
    for (const user_id of [2, 3]) await assign({ user_id });
    await assign({ email: 'x@example.com' });
    expect(await assign({ user_id: 1 })).toMatchObject({ status: 400 });
    await assign({ user_id: 2, active: false });
    expect(await assign({ user_id: 1 })).toMatchObject({ status: 200 });
    expect(await used()).toBe(3);
  });

  it('IBL-GROUP-MEMBERS: seats every member of a group, and leaves those who have a seat alone', async () => {
    await assign({ user_id: 2, metadata: { own: true } });
    const made = await assignGroup(1);
    expect(made).toMatchObject({
      status: 200,
      body: { id: 1, group_id: 1, group_name: 'Staff', active: true, license_name: 'Seats' },
    });
    expect(made.ledger).toContain('IBL-GROUP-MEMBERS');
    expect(await used()).toBe(3);
    const { results } = (await assigned('&sort=user_id')).body as { results: object[] };
    expect(results).toMatchObject([
      { user_id: 1 },
      { user_id: 2, metadata: { own: true } },
      { user_id: 3 },
    ]);
    await unassignGroup('assignment_id=1&license_id=7');
    expect(await used()).toBe(1);
    expect(await unassignGroup('assignment_id=1&license_id=7')).toMatchObject(NOT_FOUND);
  });

  it('seats nobody of a group that is too large', async () => {
    await assign({ email: 'x@example.com' });
    expect(await assignGroup(1)).toMatchObject({
      status: 400,
      body: { error: 'Not enough free seats: 3 needed, 2 free.' },
    });
    expect((await groups()).body['count']).toBe(0);
    expect((await assigned()).body['count']).toBe(1);
    expect(await assignGroup(2)).toMatchObject({ status: 200 });
  });

  it('IBL-LICENSE-ID-TWICE: goes by the body', async () => {
    const same = await assign({ user_id: 1 }, {}, '?license_id=7');
    expect(same).toMatchObject({ status: 200, warnings: 0 });
    const other = await assign({ user_id: 2 }, {}, '?license_id=8');
    expect(other).toMatchObject({ status: 200, warnings: 1, body: { license_id: 7 } });
    expect(other.ledger).toContain('IBL-LICENSE-ID-TWICE');
  });

  it('IBL-REMOVE-LICENSE-ID: needs only assignment_id of a removal', async () => {
    await assign({ user_id: 1 });
    expect(await unassign('assignment_id=1&license_id=8')).toMatchObject(NOT_FOUND);
    const removed = await unassign('assignment_id=1');
    expect(removed).toMatchObject({ status: 200, warnings: 1 });
    expect(removed.ledger).toContain('IBL-REMOVE-LICENSE-ID');
    expect(await unassign('license_id=7')).toMatchObject({
      status: 400,
      body: { assignment_id: ['This field is required.'] },
    });
    expect(await unassign('assignment_id=x&license_id=7')).toMatchObject({
      status: 400,
      body: { assignment_id: ['A valid integer is required.'] },
    });
  });

  it('IBL-REMOVE, IBL-REMOVE-BODY: removes the record and answers an empty object', async () => {
    await assign({ user_id: 1 });
    const { text, ledger } = await unassign('assignment_id=1&license_id=7');
    expect(text).toBe('{}');
    expect(ledger).toEqual(expect.arrayContaining(['IBL-REMOVE', 'IBL-REMOVE-BODY']));
    expect((await assign({ user_id: 1 })).body['id']).toBe(2);
  });

  it('lets a platform admin assign seats of their platform, and create no license', async () => {
    const [acme, beta] = [{ token: 'acme-admin' }, { token: 'beta-admin' }];
    expect(await assign({ user_id: 1 }, acme)).toMatchObject({ status: 200 });
    expect(await assign({ user_id: 2 }, beta)).toMatchObject(NOT_FOUND);
    expect(await assignGroup(1, {}, beta)).toMatchObject(NOT_FOUND);
    expect((await assigned('', beta)).body).toMatchObject({ count: 0 });
    expect(await unassign('assignment_id=1&license_id=7', beta)).toMatchObject(NOT_FOUND);
    expect(await update({ count: 9 }, acme)).toMatchObject(FORBIDDEN);
    expect(await ask('create/', { ...acme, body: {} })).toMatchObject(FORBIDDEN);
    expect(await ask('', acme)).toMatchObject({ status: 200, body: { count: 1 } });
    expect(await ask('', beta)).toMatchObject({ status: 200, body: { count: 0 } });
    expect(await unassign('assignment_id=1&license_id=7', acme)).toMatchObject({ status: 200 });
  });

  it('knows no license of another platform than the one that is named', async () => {
    expect(await assign({ user_id: 1, platform_key: 'beta' })).toMatchObject(NOT_FOUND);
    expect(await assign({ user_id: 1, platform_org: 'acme' })).toMatchObject({ status: 200 });
    expect((await assigned('&platform_key=beta')).body['count']).toBe(0);
    expect(await unassign('assignment_id=1&platform_key=beta')).toMatchObject(NOT_FOUND);
  });

  it('refuses what is no assignment', async () => {
    expect(await ask('assignment/', { body: {} })).toMatchObject({
      status: 400,
      body: { license_id: ['This field is required.'] },
    });
    expect(await ask('assignment/')).toMatchObject({
      status: 400,
      body: { license_id: ['This field is required.'] },
    });
    expect(await assign({ license_id: 8, user_id: 1 })).toMatchObject(NOT_FOUND);
    expect(await assign({ email: 'nobody' })).toMatchObject({
      status: 400,
      body: { email: ['Enter a valid email address.'] },
    });
    expect(await ask('assignment/group/', { body: { license_id: 7 } })).toMatchObject({
      status: 400,
      body: { group_id: ['This field is required.'] },
    });
    expect(await ask('assignment/', { method: 'PUT', body: {} })).toMatchObject({ status: 405 });
    expect(await ask('assignment/', { token: 'nobody' })).toMatchObject({ status: 401 });
  });
});

describe('assignments of a program license', () => {
  const { assign, assigned, assignGroup, unassignGroup, used } = of('program');

  it('show more, and can be filtered', async () => {
    await assign({ username: 'maya', redirect_to: 'https://acme.example/a' });
    await assign({ email: 'new@example.com', fulfilled: true });
    await assign({ user_id: 2, active: false });
    const found = async (query: string) => {
      const { results } = (await assigned(query)).body as { results: { id: number }[] };
      return results.map(({ id }) => id);
    };
    expect((await assigned()).body['results']).toMatchObject([
      {
        name: 'Maya Lindqvist',
        direct: true,
        redirect_to: 'https://acme.example/a',
        program_key: 'bar',
        created: '2026-11-21T09:30:00Z',
      },
      { user_id: null, name: null },
      { user_id: 2, active: false },
    ]);
    expect(await found('&active=true')).toEqual([1, 2]);
    expect(await found('&fulfilled=true')).toEqual([2]);
    expect(await found('&email=maya@example.com')).toEqual([1]);
    expect(await found('&user_id=2')).toEqual([3]);
    expect(await found('&sort=-id&page_size=2')).toEqual([3, 2]);
    expect(await assign({ username: 'nobody' })).toMatchObject(NOT_FOUND);
  });

  it('of two groups stay until the user is in neither', async () => {
    await assignGroup(1);
    await assignGroup(2);
    expect(await used()).toBe(3);
    await unassignGroup('assignment_id=1&license_id=7');
    expect((await assigned()).body['results']).toMatchObject([{ user_id: 1 }, { user_id: 2 }]);
    await unassignGroup('assignment_id=2&license_id=7');
    expect(await used()).toBe(0);
  });

  it('of a group that was taken back go to the next one', async () => {
    await assignGroup(2);
    await assignGroup(2, { active: false });
    expect(await used()).toBe(0);
    await assignGroup(1);
    expect(await used()).toBe(3);
    await assign({ user_id: 1, active: false });
    await assignGroup(2);
    expect(await used()).toBe(2);
  });

  it('come each once, page after page, while others get seats', async () => {
    const { update } = of('program');
    await update({ count: 100 });
    const given = async (names: readonly string[]) => {
      for (const name of names) await assign({ email: `${name}@example.com` });
    };
    await given(['a', 'b', 'c', 'd', 'e']);
    const ids: number[] = [];
    let path: string | undefined = '&page_size=2';
    for (const more of ['f', 'g', 'h', 'i']) {
      if (path === undefined) break;
      const { body } = await assigned(path);
      ids.push(...(body['results'] as { id: number }[]).map(({ id }) => id));
      const next = body['next_page'] as string | null;
      path = next === null ? undefined : `&${new URL(next).searchParams.toString()}`;
      if (path !== undefined) await Promise.all([given([more]), given([`${more}2`])]);
    }
    expect(ids.slice(0, 8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('of a group stay if the removal says so', async () => {
    const group = await assignGroup(2);
    expect(group.body).toMatchObject({ user_count: 2, assigned_count: 2, program_name: 'bar' });
    expect((await assigned()).body['results']).toMatchObject([
      { direct: false },
      { direct: false },
    ]);
    await unassignGroup('assignment_id=1&license_id=7&remove_user_assignments=false');
    expect(await used()).toBe(2);
    expect((await assigned()).body['count']).toBe(2);
  });
});

describe('check', () => {
  const { assign, unassign } = of('user');
  const check = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${ibl.url}/api/catalog/licenses/user/assignment/check/${query}`, { headers });

  it('IBL-CHECK: needs no credentials, and tells whether there is an active assignment', async () => {
    expect((await check('?email=maya@example.com')).status).toBe(404);
    await assign({ user_id: 1 });
    const found = await check('?email=MAYA@example.com');
    expect([found.status, await found.text()]).toEqual([200, '{}']);
    expect(found.headers.get('x-mock-ledger')).toContain('IBL-CHECK');
    expect((await check('?email=maya@example.com', { authorization: 'Bearer x' })).status).toBe(
      200,
    );
    await assign({ user_id: 1, active: false });
    expect((await check('?email=maya@example.com')).status).toBe(404);
    await unassign('assignment_id=1');
    await assign({ email: 'new@example.com' });
    expect((await check('?email=new@example.com')).status).toBe(200);
  });

  it.each(['maya@localhost', '"m"@example.com', 'maya@[127.0.0.1]', 'maya@bücher.example'])(
    'finds %s, which Django takes as an address',
    async (email) => {
      const query = new URLSearchParams({ email });
      expect(await assign({ email })).toMatchObject({ status: 200, body: { email } });
      expect((await check(`?${query}`)).status).toBe(200);
    },
  );

  it.each([
    ['', 'This field is required.'],
    ['?email=', 'This field may not be blank.'],
    ['?email=maya', 'Enter a valid email address.'],
  ])('refuses %j', async (query, sentence) => {
    const answer = await check(query);
    expect([answer.status, await answer.json()]).toEqual([400, { email: [sentence] }]);
  });
});

describe('the other kinds of license', () => {
  it.each(['platform', 'user', 'course'])('%s: are created, updated and listed', async (kind) => {
    const { ask } = of(kind);
    const subject = kind === 'course' ? { course_id: 'contracts' } : {};
    const created = await ask('create/', {
      body: { platform_key: 'acme', ...subject, name: 'New', count: 2, external_id: 'e-1' },
    });
    expect(created).toMatchObject({
      status: 200,
      body: { name: 'New', count: 2, source: 'api', platform_key: 'acme', ...subject },
    });
    const again = await ask('create/', {
      body: { platform_key: 'acme', ...subject, external_id: 'e-1' },
    });
    expect(again).toMatchObject({
      status: 400,
      body: { external_id: ['This field must be unique.'] },
    });
    const fields = { external_id: 'e-1', name: 'Newer', platform_key: 'beta', course_id: 'x' };
    const updated = await ask('update/', { body: fields });
    expect(updated.body).toMatchObject({ name: 'Newer', platform_key: 'acme', ...subject });
    expect((await ask('?external_id=e-1')).body['results']).toEqual([updated.body]);
    expect(await ask('create/', { body: {} })).toMatchObject({
      status: 400,
      body: { platform_key: ['This field is required.'] },
    });
    expect(await ask('update/', { body: { license_id: 99 } })).toMatchObject(NOT_FOUND);
  });

  it('IBL-CREATE-DEFAULTS: need no name', async () => {
    const created = await of('platform').ask('create/', { body: { platform_key: 'acme' } });
    expect(created.body).toMatchObject({ name: '', count: 0, started: '2026-11-21T09:30:00Z' });
    expect(created.ledger).toContain('IBL-CREATE-DEFAULTS');
  });

  it('IBL-COURSE-ENROLLMENT: a course takes an enrollment_config too', async () => {
    const body = { license_id: 7, enrollment_config: { auto: true } };
    const updated = await of('course').ask('update/', { body });
    expect(updated).toMatchObject({ status: 200, warnings: 0 });
    const { body: state } = await control(ibl.url, 'GET /sandboxes/default/state');
    expect(state).toMatchObject({
      ibl: { course_licenses: [{ enrollment_config: { auto: true } }] },
    });
  });

  it('have ids of their own: a license of another kind is unknown', async () => {
    await of('platform').ask('create/', { body: { platform_key: 'acme' } });
    expect((await of('platform').ask('')).body).toMatchObject({ count: 1, results: [{ id: 1 }] });
    expect(await of('user').assign({ license_id: 1, user_id: 1 })).toMatchObject(NOT_FOUND);
  });
});
