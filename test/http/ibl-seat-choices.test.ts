/** What the ledger leaves open about ibl's seats, and what time does to them. */
import { afterAll, describe, expect, it } from 'vitest';
import { control } from '../support/control-client.ts';
import { openIbl, PROGRAM_LICENSES, type Ibl } from '../support/ibl-http.ts';

const scenario = `
ibl:
  users:
    - { id: 1, username: maya, email: maya@example.com, platform_key: acme }
    - { id: 2, username: noor, email: noor@example.com, platform_key: acme }
  groups:
    - { id: 1, name: Staff, platform_key: acme, members: [1, 2] }
    - { id: 2, name: Legal, platform_key: acme, members: [2] }
  user_licenses:
    - { id: 1, platform_key: acme, name: Staff, count: 2, expired: now+10d, assignments: [{ user_id: 1 }] }
  licenses:
    - { id: 1, platform_key: acme, program_key: bar, name: Spring, count: 2, expired: now+10d, assignments: { pending: 1 } }
`;
const opened: Ibl[] = [];
const open = async (settings: Readonly<Record<string, string>> = {}) => {
  const ibl = await openIbl({ scenario, settings, clock: '2026-11-21T09:30:00Z' });
  opened.push(ibl);
  return ibl;
};
afterAll(() => Promise.all(opened.map((each) => each.stop())));

const assign = (ibl: Ibl, body: object) =>
  ibl.ask(`${PROGRAM_LICENSES}assignment/`, { body: { license_id: 1, ...body } });
const countsOf = async (ibl: Ibl, query = 'verbose=true') => {
  const { results } = (await ibl.list(query)).body as { results: Record<string, unknown>[] };
  return results[0]?.['assignments'];
};
const later = (ibl: Ibl, by: string) =>
  control(ibl.url, 'POST /sandboxes/default/clock/advance', { by });

describe('lists', () => {
  it('IBL-VERBOSE: show assignments always, or when asked', async () => {
    expect(await countsOf(await open(), '')).toBeUndefined();
    const always = await open({ 'IBL-VERBOSE': 'always' });
    expect(await countsOf(always, '')).toEqual({ total: 1, active: 0, pending: 1 });
  });

  it('IBL-PENDING: what is pending has no user, or is not fulfilled', async () => {
    const noUser = await open();
    const unfulfilled = await open({ 'IBL-PENDING': 'unfulfilled' });
    for (const ibl of [noUser, unfulfilled]) await assign(ibl, { user_id: 1 });
    expect(await countsOf(noUser)).toEqual({ total: 2, active: 1, pending: 1 });
    expect(await countsOf(unfulfilled)).toEqual({ total: 2, active: 0, pending: 2 });
  });

  it('IBL-UNKNOWN-LISTED: of an unknown license are empty, or not there', async () => {
    const path = `${PROGRAM_LICENSES}assignment/?license_id=9`;
    expect(await (await open()).ask(path)).toMatchObject({ status: 200, body: { results: [] } });
    const strict = await open({ 'IBL-UNKNOWN-LISTED': 'not-found' });
    expect(await strict.ask(path)).toMatchObject({ status: 404, body: { detail: 'Not found.' } });
  });

  it('IBL-LIST-PLATFORM: need a platform where there are several', async () => {
    const ibl = await open({ 'IBL-LIST-PLATFORM': 'required' });
    const refusal = { status: 400, body: { platform_key: ['This field is required.'] } };
    expect(await ibl.list('')).toMatchObject(refusal);
    expect(await ibl.list('org=acme')).toMatchObject({ status: 200, body: { count: 1 } });
    const seats = `${PROGRAM_LICENSES}assignment/?license_id=1`;
    expect(await ibl.ask(seats)).toMatchObject(refusal);
    expect(await ibl.ask(`${seats}&platform_key=acme`)).toMatchObject({ status: 200 });
  });
});

describe('seats', () => {
  it('IBL-PENDING-SEATS: are taken by an e-mail address, or only by users', async () => {
    const taken = await open();
    const free = await open({ 'IBL-PENDING-SEATS': 'free' });
    const statuses = async (ibl: Ibl) => {
      const found: number[] = [];
      for (const email of ['a@example.com', 'b@example.com', 'maya@example.com']) {
        found.push((await assign(ibl, { email })).status);
      }
      return found;
    };
    expect(await statuses(taken)).toEqual([200, 400, 400]);
    expect(await statuses(free)).toEqual([200, 200, 200]);
    expect((await free.update({ license_id: 1, count: 1 })).status).toBe(200);
    expect((await taken.update({ license_id: 1, count: 1 })).status).toBe(400);
  });

  it('IBL-UNUSABLE-LICENSE: of an expired license can be assigned, or not', async () => {
    const refused = await open({ 'IBL-UNUSABLE-LICENSE': 'refused' });
    const allowed = await open();
    await later(refused, 'P9D');
    expect((await assign(refused, { user_id: 1 })).status).toBe(200);
    for (const ibl of [refused, allowed]) await later(ibl, 'P2D');
    expect(await assign(refused, { email: 'late@example.com' })).toMatchObject({ status: 400 });
    expect(await assign(refused, { user_id: 1, active: false })).toMatchObject({ status: 200 });
    expect(await assign(allowed, { user_id: 1 })).toMatchObject({ status: 200 });
  });
});

describe('a removal', () => {
  const remove = (ibl: Ibl, id: number, at = '') =>
    ibl.ask(`${PROGRAM_LICENSES}assignment/${at}?license_id=1&assignment_id=${id}`, {
      method: 'DELETE',
    });

  it('IBL-REMOVE: leaves an inactive assignment that can be given again, if the vendor keeps it', async () => {
    const ibl = await open({ 'IBL-REMOVE': 'deactivated', 'IBL-PENDING-SEATS': 'free' });
    expect((await assign(ibl, { user_id: 1 })).body).toMatchObject({ id: 2 });
    await remove(ibl, 2);
    expect(await countsOf(ibl)).toEqual({ total: 1, active: 0, pending: 1 });
    const listed = await ibl.ask(`${PROGRAM_LICENSES}assignment/?license_id=1&user_id=1`);
    expect(listed.body).toMatchObject({ results: [{ id: 2, active: false }] });
    const grouped = await ibl.ask(`${PROGRAM_LICENSES}assignment/group/`, {
      body: { license_id: 1, group_id: 2 },
    });
    expect(grouped).toMatchObject({ status: 200, body: { id: 1, assigned_count: 1 } });
    expect(await remove(ibl, 1, 'group/')).toMatchObject({ status: 200 });
    expect(await countsOf(ibl)).toEqual({ total: 1, active: 0, pending: 1 });
    expect((await assign(ibl, { user_id: 1 })).body).toMatchObject({ id: 2, active: true });
  });

  it('IBL-REMOVE-BODY: has no body, or an empty object', async () => {
    const ibl = await open({ 'IBL-REMOVE-BODY': 'none' });
    expect(await remove(ibl, 1)).toMatchObject({ status: 200, text: '' });
    expect(await remove(await open(), 1)).toMatchObject({ status: 200, text: '{}' });
  });
});

it('IBL-MEMBERS-LISTED: a list has what group assignments made, or only direct ones', async () => {
  const [all, direct] = [await open(), await open({ 'IBL-MEMBERS-LISTED': 'direct' })];
  for (const ibl of [all, direct]) {
    await ibl.update({ license_id: 1, count: 5 });
    await ibl.ask(`${PROGRAM_LICENSES}assignment/group/`, { body: { license_id: 1, group_id: 1 } });
    expect(await countsOf(ibl)).toEqual({ total: 3, active: 2, pending: 1 });
  }
  const path = `${PROGRAM_LICENSES}assignment/?license_id=1`;
  expect((await all.ask(path)).body['count']).toBe(3);
  expect((await direct.ask(path)).body['count']).toBe(1);
});

it('IBL-FULFILLED: is what the caller says, or true as soon as there is a user', async () => {
  const [sent, set] = [await open(), await open({ 'IBL-FULFILLED': 'with-user' })];
  for (const [ibl, fulfilled] of [
    [sent, false],
    [set, true],
  ] as const) {
    expect((await assign(ibl, { user_id: 1 })).body).toMatchObject({ fulfilled });
    await ibl.update({ license_id: 1, count: 5 });
    const invited = await assign(ibl, { email: 'new@example.com' });
    expect(invited.body).toMatchObject({ fulfilled: false });
    await ibl.ask(`${PROGRAM_LICENSES}assignment/group/`, { body: { license_id: 1, group_id: 2 } });
    const member = await ibl.ask(`${PROGRAM_LICENSES}assignment/?license_id=1&user_id=2`);
    expect(member.body).toMatchObject({ results: [{ fulfilled }] });
  }
});

it('IBL-CHECK: goes by the assignment, or by its license, too', async () => {
  const [assignment, license] = [await open(), await open({ 'IBL-CHECK': 'license' })];
  const check = async (ibl: Ibl) =>
    (await ibl.ask('/api/catalog/licenses/user/assignment/check/?email=maya@example.com')).status;
  expect([await check(assignment), await check(license)]).toEqual([200, 200]);
  for (const ibl of [assignment, license]) await later(ibl, 'P11D');
  expect([await check(assignment), await check(license)]).toEqual([200, 404]);
});

it('IBL-CHECK-NOT-FOUND: check has no body of its own; it goes on after the license expired', async () => {
  const ibl = await open({ 'IBL-CHECK-NOT-FOUND': 'empty' });
  const check = (email: string) =>
    ibl.ask(`/api/catalog/licenses/user/assignment/check/?email=${email}`);
  expect(await check('nobody@example.com')).toMatchObject({ status: 404, text: '{}' });
  await later(ibl, 'P20D');
  expect(await check('maya@example.com')).toMatchObject({ status: 200, text: '{}' });
  const { text } = await (
    await open()
  ).ask('/api/catalog/licenses/user/assignment/check/?email=nobody@example.com');
  expect(text).toBe('{"detail":"Not found."}');
});
