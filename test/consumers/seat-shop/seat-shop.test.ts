/** What the seat shop expects of ibl. Each test is an interaction of contracts/seat-shop-ibl.json. */
import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { openPact } from '../write-contract.ts';
import { createIblClient, type IblError, type NewLicense } from './ibl-client.ts';

const { boolean, eachLike, fromProviderState, integer, like, regex, string } = Matchers;
const { pact, written, file } = openPact('seat-shop', 'ibl');

const root = '/api/catalog/licenses/program/';
const admin = { Authorization: 'Api-Token dm-admin' };
const sendsJson = { ...admin, 'Content-Type': 'application/json' };
const json = { 'Content-Type': 'application/json' };
const instant = (example: string) =>
  regex(String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$`, example);

const order: NewLicense = {
  platform_key: 'acme',
  program_key: 'program-v1:acme+bar+2026',
  name: 'Bar Exam, spring cohort',
  count: 100,
  started: '2026-01-15T09:00:00Z',
  expired: '2027-01-15T09:00:00Z',
  external_id: 'PO-2026-0042',
};

/** A license as the shop reads it: what a test says of it is exact, the rest has the right type. */
const license = (exact: object = {}) => ({
  id: integer(1),
  created: instant('2026-01-10T14:30:00Z'),
  started: instant('2026-01-15T09:00:00Z'),
  name: string('Bar Exam, spring cohort'),
  count: integer(100),
  active: boolean(true),
  metadata: like({}),
  external_id: string('PO-2026-0042'),
  platform_key: string('acme'),
  program_id: string('program-v1:acme+bar+2026'),
  program_key: string('program-v1:acme+bar+2026'),
  program_name: string('Bar Exam'),
  usage_count: integer(0),
  ...exact,
});

/** A seat as the shop reads it. */
const seat = (exact: object = {}) => ({
  id: integer(1),
  active: boolean(true),
  fulfilled: boolean(false),
  license_id: integer(1),
  license_name: string('Bar Exam, spring cohort'),
  ...exact,
});

const refusal = (call: Promise<unknown>): Promise<IblError> =>
  call.then(
    () => expect.fail('was not refused'),
    (thrown: IblError) => thrown,
  );

describe('an order', () => {
  it('becomes a license', () =>
    pact
      .addInteraction()
      .given('a program is offered', { platformKey: 'acme', programKey: order.program_key })
      .uponReceiving('an order of seats')
      .withRequest('POST', `${root}create/`, (request) => {
        request.headers(sendsJson).jsonBody(order);
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody(license({ ...order, usage_count: 0, active: true }));
      })
      .executeTest(async ({ url }) => {
        const created = await createIblClient(url, 'dm-admin').createLicense(order);
        expect(created).toMatchObject({ external_id: 'PO-2026-0042', usage_count: 0 });
      }));

  it('is refused with every wrong field at once', () =>
    pact
      .addInteraction()
      .uponReceiving('an order without program, name and start')
      .withRequest('POST', `${root}create/`, (request) => {
        request.headers(sendsJson).jsonBody({ platform_key: 'acme', count: 1.5 });
      })
      .willRespondWith(400, (response) => {
        response.headers(json).jsonBody({
          program_key: ['This field is required.'],
          name: ['This field is required.'],
          count: ['A valid integer is required.'],
          started: ['This field is required.'],
        });
      })
      .executeTest(async ({ url }) => {
        const wrong = { platform_key: 'acme', count: 1.5 };
        const error = await refusal(createIblClient(url, 'dm-admin').createLicense(wrong));
        expect(error.status).toBe(400);
        expect(error.details).toHaveProperty('started', ['This field is required.']);
      }));

  it('is refused where its number was used before', () =>
    pact
      .addInteraction()
      .given('a program license exists', { externalId: 'PO-2026-0042' })
      .uponReceiving('an order with a number that was used before')
      .withRequest('POST', `${root}create/`, (request) => {
        request.headers(sendsJson).jsonBody(order);
      })
      .willRespondWith(400, (response) => {
        response.headers(json).jsonBody({ external_id: ['This field must be unique.'] });
      })
      .executeTest(async ({ url }) => {
        const error = await refusal(createIblClient(url, 'dm-admin').createLicense(order));
        expect(error.details).toEqual({ external_id: ['This field must be unique.'] });
      }));

  it('is refused without credentials', () =>
    pact
      .addInteraction()
      .uponReceiving('an order without credentials')
      .withRequest('POST', `${root}create/`, (request) => {
        request.headers(json).jsonBody(order);
      })
      .willRespondWith(401, (response) => {
        response
          .headers(json)
          .jsonBody({ detail: 'Authentication credentials were not provided.' });
      })
      .executeTest(async ({ url }) => {
        const error = await refusal(createIblClient(url, undefined).createLicense(order));
        expect(error.status).toBe(401);
      }));

  it('is refused from a platform admin', () =>
    pact
      .addInteraction()
      .uponReceiving('an order by a platform admin')
      .withRequest('POST', `${root}create/`, (request) => {
        request.headers({ ...json, Authorization: 'Api-Token platform-admin' }).jsonBody(order);
      })
      .willRespondWith(403, (response) => {
        response
          .headers(json)
          .jsonBody({ detail: 'You do not have permission to perform this action.' });
      })
      .executeTest(async ({ url }) => {
        const error = await refusal(createIblClient(url, 'platform-admin').createLicense(order));
        expect(error.status).toBe(403);
      }));
});

describe('a change', () => {
  it('finds its license by the number that ibl gave', () =>
    pact
      .addInteraction()
      .given('a program license exists', { externalId: 'PO-2026-0042', count: 100 })
      .uponReceiving('more seats for a license by its id')
      .withRequest('POST', `${root}update/`, (request) => {
        // The id is not known before the license is there: the provider state says which.
        const license_id = fromProviderState('${licenseId}', 1);
        request.headers(sendsJson).jsonBody({ license_id, count: 150 });
      })
      .willRespondWith(200, (response) => {
        const exact = { external_id: 'PO-2026-0042', count: 150 };
        response.headers(json).jsonBody(license(exact));
      })
      .executeTest(async ({ url }) => {
        const change = { license_id: 1, count: 150 };
        const changed = await createIblClient(url, 'dm-admin').updateLicense(change);
        expect(changed.count).toBe(150);
      }));

  it('finds its license by the number of the order', () =>
    pact
      .addInteraction()
      .given('a program license exists', { externalId: 'PO-2026-0042' })
      .uponReceiving('a later end for a license by its order number')
      .withRequest('POST', `${root}update/`, (request) => {
        request
          .headers(sendsJson)
          .jsonBody({ external_id: 'PO-2026-0042', expired: '2028-01-15T09:00:00Z' });
      })
      .willRespondWith(200, (response) => {
        const exact = { external_id: 'PO-2026-0042', expired: '2028-01-15T09:00:00Z' };
        response.headers(json).jsonBody(license(exact));
      })
      .executeTest(async ({ url }) => {
        const change = { external_id: 'PO-2026-0042', expired: '2028-01-15T09:00:00Z' };
        const changed = await createIblClient(url, 'dm-admin').updateLicense(change);
        expect(changed.expired).toBe('2028-01-15T09:00:00Z');
      }));

  it('is refused for a license that is not there', () =>
    pact
      .addInteraction()
      .given('there are no program licenses')
      .uponReceiving('a change of a license that is not there')
      .withRequest('POST', `${root}update/`, (request) => {
        request.headers(sendsJson).jsonBody({ external_id: 'PO-1999-0001', count: 5 });
      })
      .willRespondWith(404, (response) => {
        response.headers(json).jsonBody({ detail: 'Not found.' });
      })
      .executeTest(async ({ url }) => {
        const change = { external_id: 'PO-1999-0001', count: 5 };
        const error = await refusal(createIblClient(url, 'dm-admin').updateLicense(change));
        expect(error.status).toBe(404);
      }));
});

describe('the list', () => {
  it('finds one license by its order number', () =>
    pact
      .addInteraction()
      .given('a program license exists', { externalId: 'PO-2026-0042' })
      .given('platform {platformKey} has {licenses} program licenses', {
        platformKey: 'northwind',
        licenses: 3,
      })
      .uponReceiving('a search by order number')
      .withRequest('GET', root, (request) => {
        request.headers(admin).query({ external_id: 'PO-2026-0042', platform_key: 'acme' });
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({
          count: 1,
          next_page: null,
          previous_page: null,
          results: [license({ external_id: 'PO-2026-0042', platform_key: 'acme' })],
        });
      })
      .executeTest(async ({ url }) => {
        const filters = { external_id: 'PO-2026-0042', platform_key: 'acme' };
        const page = await createIblClient(url, 'dm-admin').listLicenses(filters);
        expect(page.results).toHaveLength(1);
      }));

  it('comes in pages that name their neighbours', () =>
    pact
      .addInteraction()
      .given('platform {platformKey} has {licenses} program licenses', {
        platformKey: 'acme',
        licenses: 5,
      })
      .uponReceiving('a request for the second page of three')
      .withRequest('GET', root, (request) => {
        request.headers(admin).query({ page: '2', page_size: '2' });
      })
      .willRespondWith(200, (response) => {
        const link = (page: string) =>
          regex(
            String.raw`^https?://.+/api/catalog/licenses/program/\?.*page_size=2.*$`,
            `http://127.0.0.1:4010${root}?${page}page_size=2`,
          );
        // Not every license has an order number.
        const { external_id: _, ...listed } = license();
        response.headers(json).jsonBody({
          count: 5,
          next_page: link('page=3&'),
          previous_page: link(''),
          results: [listed, listed],
        });
      })
      .executeTest(async ({ url }) => {
        const page = await createIblClient(url, 'dm-admin').listLicenses({
          page: '2',
          page_size: '2',
        });
        expect(page.next_page).toContain('page=3');
      }));

  it('shows how many seats are taken, when asked', () =>
    pact
      .addInteraction()
      .given('a program license exists', { externalId: 'PO-2026-0042', assigned: 45, invited: 5 })
      .uponReceiving('a request for licenses with their assignments')
      .withRequest('GET', root, (request) => {
        request.headers(admin).query({ verbose: 'true' });
      })
      .willRespondWith(200, (response) => {
        const taken = {
          usage_count: 50,
          assignments: { total: 50, active: 45, pending: 5 },
        };
        response.headers(json).jsonBody({ count: integer(1), results: eachLike(license(taken)) });
      })
      .executeTest(async ({ url }) => {
        const page = await createIblClient(url, 'dm-admin').listLicenses({ verbose: 'true' });
        expect(page.results[0]?.assignments?.total).toBe(50);
      }));

  it('is empty where there is nothing', () =>
    pact
      .addInteraction()
      .given('there are no program licenses')
      .uponReceiving('a request for licenses of a platform that has none')
      .withRequest('GET', root, (request) => {
        request.headers(admin).query({ platform_key: 'acme', active: 'true' });
      })
      .willRespondWith(200, (response) => {
        response
          .headers(json)
          .jsonBody({ count: 0, next_page: null, previous_page: null, results: [] });
      })
      .executeTest(async ({ url }) => {
        const filters = { platform_key: 'acme', active: 'true' };
        expect((await createIblClient(url, 'dm-admin').listLicenses(filters)).count).toBe(0);
      }));
});

const seats = `${root}assignment/`;
/** The id of the license is not known before the license is there: the provider state says which. */
const license_id = fromProviderState('${licenseId}', 1);

describe('a seat', () => {
  it('is given to a user', () =>
    pact
      .addInteraction()
      .given('a program license with {free} free seats exists', { free: 2, userId: 7 })
      .uponReceiving('a seat for a user')
      .withRequest('POST', seats, (request) => {
        request.headers(sendsJson).jsonBody({ license_id, user_id: 7 });
      })
      .willRespondWith(200, (response) => {
        const exact = { user_id: 7, email: string('maya@example.com'), active: true, direct: true };
        response.headers(json).jsonBody(seat(exact));
      })
      .executeTest(async ({ url }) => {
        const given = await createIblClient(url, 'dm-admin').assign({ license_id: 1, user_id: 7 });
        expect(given.active).toBe(true);
      }));

  it('is given by the admin of a platform', () =>
    pact
      .addInteraction()
      .given('a program license with {free} free seats exists', { free: 2, userId: 7 })
      .uponReceiving('a seat that the admin of the platform gives')
      .withRequest('POST', seats, (request) => {
        const headers = { ...json, Authorization: 'Api-Token platform-admin' };
        request.headers(headers).jsonBody({ license_id, user_id: 7 });
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody(seat({ user_id: 7 }));
      })
      .executeTest(async ({ url }) => {
        const client = createIblClient(url, 'platform-admin');
        expect((await client.assign({ license_id: 1, user_id: 7 })).user_id).toBe(7);
      }));

  it('waits for an e-mail address that no user has', () =>
    pact
      .addInteraction()
      .given('a program license with {free} free seats exists', { free: 2 })
      .uponReceiving('a seat for somebody who is no user yet')
      .withRequest('POST', seats, (request) => {
        request.headers(sendsJson).jsonBody({ license_id, email: 'new.colleague@example.com' });
      })
      .willRespondWith(200, (response) => {
        const exact = { user_id: null, email: 'new.colleague@example.com', active: true };
        response.headers(json).jsonBody(seat(exact));
      })
      .executeTest(async ({ url }) => {
        const wanted = { license_id: 1, email: 'new.colleague@example.com' };
        expect((await createIblClient(url, 'dm-admin').assign(wanted)).user_id).toBeNull();
      }));

  it('is freed when it is made inactive', () =>
    pact
      .addInteraction()
      .given('a user {email} holds a seat of license {externalId}', {
        email: 'maya@example.com',
        externalId: 'PO-2026-0042',
        assignmentId: 12,
      })
      .uponReceiving('a seat that is made inactive')
      .withRequest('POST', seats, (request) => {
        const wanted = { license_id, email: 'maya@example.com', active: false };
        request.headers(sendsJson).jsonBody(wanted);
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody(seat({ id: 12, active: false }));
      })
      .executeTest(async ({ url }) => {
        const wanted = { license_id: 1, email: 'maya@example.com', active: false };
        expect((await createIblClient(url, 'dm-admin').assign(wanted)).active).toBe(false);
      }));

  it('is refused where all are taken', () =>
    pact
      .addInteraction()
      .given('all seats of a program license are taken', { userId: 7 })
      .uponReceiving('a seat of a full license')
      .withRequest('POST', seats, (request) => {
        request.headers(sendsJson).jsonBody({ license_id, user_id: 7 });
      })
      .willRespondWith(400, (response) => {
        response.headers(json).jsonBody({ error: string('Not enough free seats.') });
      })
      .executeTest(async ({ url }) => {
        const wanted = { license_id: 1, user_id: 7 };
        const error = await refusal(createIblClient(url, 'dm-admin').assign(wanted));
        expect(error.status).toBe(400);
      }));

  it('is refused for a user who does not exist', () =>
    pact
      .addInteraction()
      .given('a program license with {free} free seats exists', { free: 2, userId: 7 })
      .uponReceiving('a seat for a user who does not exist')
      .withRequest('POST', seats, (request) => {
        request.headers(sendsJson).jsonBody({ license_id, user_id: 4711 });
      })
      .willRespondWith(404, (response) => {
        response.headers(json).jsonBody({ detail: 'Not found.' });
      })
      .executeTest(async ({ url }) => {
        const wanted = { license_id: 1, user_id: 4711 };
        const error = await refusal(createIblClient(url, 'dm-admin').assign(wanted));
        expect(error.status).toBe(404);
      }));

  it('cannot be taken from its license while somebody holds it', () =>
    pact
      .addInteraction()
      .given('all seats of a program license are taken', { seats: 3 })
      .uponReceiving('fewer seats than are held')
      .withRequest('POST', `${root}update/`, (request) => {
        request.headers(sendsJson).jsonBody({ license_id, count: 2 });
      })
      .willRespondWith(400, (response) => {
        response.headers(json).jsonBody({ error: string('count is too low.') });
      })
      .executeTest(async ({ url }) => {
        const change = { license_id: 1, count: 2 };
        const error = await refusal(createIblClient(url, 'dm-admin').updateLicense(change));
        expect(error.status).toBe(400);
      }));

  it('is taken back', () =>
    pact
      .addInteraction()
      .given('a user holds a seat of a program license', { assignmentId: 12 })
      .uponReceiving('the removal of a seat')
      .withRequest('DELETE', seats, (request) => {
        request.headers(admin).query({ license_id: '1', assignment_id: '12' });
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({});
      })
      .executeTest(async ({ url }) => {
        expect(await createIblClient(url, 'dm-admin').unassign(1, 12)).toEqual({});
      }));

  it('is taken back once', () =>
    pact
      .addInteraction()
      .given('a program license exists')
      .uponReceiving('the removal of a seat that is gone')
      .withRequest('DELETE', seats, (request) => {
        request.headers(admin).query({ license_id: '1', assignment_id: '12' });
      })
      .willRespondWith(404, (response) => {
        response.headers(json).jsonBody({ detail: 'Not found.' });
      })
      .executeTest(async ({ url }) => {
        const error = await refusal(createIblClient(url, 'dm-admin').unassign(1, 12));
        expect(error.status).toBe(404);
      }));
});

describe('the seats of a license', () => {
  it('come in pages', () =>
    pact
      .addInteraction()
      .given('a program license exists', { assigned: 3, invited: 2 })
      .uponReceiving('the second page of seats')
      .withRequest('GET', seats, (request) => {
        request.headers(admin).query({ license_id: '1', page: '2', page_size: '3' });
      })
      .willRespondWith(200, (response) => {
        // They are sorted by id, so those who are invited come last.
        const waiting = seat({ user_id: null, active: true });
        response.headers(json).jsonBody({
          count: 5,
          next_page: null,
          previous_page: string(`http://127.0.0.1:4010${seats}?license_id=1&page_size=3`),
          results: [waiting, waiting],
        });
      })
      .executeTest(async ({ url }) => {
        const filters = { page: '2', page_size: '3' };
        const page = await createIblClient(url, 'dm-admin').seats(1, filters);
        expect(page.results).toHaveLength(2);
      }));

  it('are none after the last one was taken back', () =>
    pact
      .addInteraction()
      .given('a program license exists')
      .uponReceiving('the seats of a license that nobody holds')
      .withRequest('GET', seats, (request) => {
        request.headers(admin).query({ license_id: '1' });
      })
      .willRespondWith(200, (response) => {
        const none = { count: 0, next_page: null, previous_page: null, results: [] };
        response.headers(json).jsonBody(none);
      })
      .executeTest(async ({ url }) => {
        expect((await createIblClient(url, 'dm-admin').seats(1)).count).toBe(0);
      }));
});

const groupSeats = `${seats}group/`;
const groupState = 'a group of three and a program license exist';

describe('a group', () => {
  it('gets a seat for every member', () =>
    pact
      .addInteraction()
      .given(groupState, { seats: 5, groupId: 4 })
      .uponReceiving('seats for a group')
      .withRequest('POST', groupSeats, (request) => {
        request.headers(sendsJson).jsonBody({ license_id, group_id: 4 });
      })
      .willRespondWith(200, (response) => {
        const exact = { group_id: 4, active: true, user_count: 3, assigned_count: 3 };
        response.headers(json).jsonBody(seat(exact));
      })
      .executeTest(async ({ url }) => {
        const group = await createIblClient(url, 'dm-admin').assignGroup(1, 4);
        expect(group.assigned_count).toBe(3);
      }));

  it('gets none where they are too few', () =>
    pact
      .addInteraction()
      .given(groupState, { seats: 2, groupId: 4 })
      .uponReceiving('seats for a group that is too large')
      .withRequest('POST', groupSeats, (request) => {
        request.headers(sendsJson).jsonBody({ license_id, group_id: 4 });
      })
      .willRespondWith(400, (response) => {
        response.headers(json).jsonBody({ error: string('Not enough free seats.') });
      })
      .executeTest(async ({ url }) => {
        const error = await refusal(createIblClient(url, 'dm-admin').assignGroup(1, 4));
        expect(error.status).toBe(400);
      }));

  it('is listed with its seats', () =>
    pact
      .addInteraction()
      .given('a group holds seats of a program license', { groupId: 4 })
      .uponReceiving('the groups that hold a license')
      .withRequest('GET', groupSeats, (request) => {
        request.headers(admin).query({ license_id: '1' });
      })
      .willRespondWith(200, (response) => {
        const held = seat({ group_id: 4, user_count: 2, assigned_count: 2 });
        const page = { count: 1, next_page: null, previous_page: null, results: [held] };
        response.headers(json).jsonBody(page);
      })
      .executeTest(async ({ url }) => {
        const page = await createIblClient(url, 'dm-admin').groups(1);
        expect(page.results[0]?.user_count).toBe(2);
      }));

  it('gives its seats back', () =>
    pact
      .addInteraction()
      .given('a group holds seats of a program license', { groupAssignmentId: 12 })
      .uponReceiving('the removal of a group')
      .withRequest('DELETE', groupSeats, (request) => {
        request.headers(admin).query({ license_id: '1', assignment_id: '12' });
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({});
      })
      .executeTest(async ({ url }) => {
        expect(await createIblClient(url, 'dm-admin').unassignGroup(1, 12)).toEqual({});
      }));
});

describe('seats of a platform', () => {
  const check = '/api/catalog/licenses/user/assignment/check/';

  it('are sold as a user license', () =>
    pact
      .addInteraction()
      .uponReceiving('an order of seats for users of a platform')
      .withRequest('POST', '/api/catalog/licenses/user/create/', (request) => {
        const wanted = { platform_key: 'acme', name: 'Staff', count: 25 };
        request.headers(sendsJson).jsonBody(wanted);
      })
      .willRespondWith(200, (response) => {
        const made = { id: integer(1), name: 'Staff', count: 25, usage_count: 0 };
        response.headers(json).jsonBody({ ...made, platform_key: 'acme', active: true });
      })
      .executeTest(async ({ url }) => {
        const wanted = { platform_key: 'acme', name: 'Staff', count: 25 };
        const made = await createIblClient(url, 'dm-admin').createUserLicense(wanted);
        expect(made.count).toBe(25);
      }));

  it('are found by e-mail address, without credentials', () =>
    pact
      .addInteraction()
      .given('a user holds a seat of a user license', { email: 'maya@example.com' })
      .uponReceiving('a check of somebody who has a seat')
      .withRequest('GET', check, (request) => {
        request.query({ email: 'maya@example.com' });
      })
      .willRespondWith(200)
      .executeTest(async ({ url }) => {
        expect(await createIblClient(url, undefined).isLicensed('maya@example.com')).toBe(true);
      }));

  it('are not found for somebody else', () =>
    pact
      .addInteraction()
      .given('a user holds a seat of a user license', { email: 'maya@example.com' })
      .uponReceiving('a check of somebody who has none')
      .withRequest('GET', check, (request) => {
        request.query({ email: 'noor@example.com' });
      })
      .willRespondWith(404)
      .executeTest(async ({ url }) => {
        expect(await createIblClient(url, undefined).isLicensed('noor@example.com')).toBe(false);
      }));
});

it('is what contracts/ holds', async () => {
  await expect(written()).toMatchFileSnapshot(file);
});
