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
        request.headers(sendsJson).jsonBody({ platform_key: 'acme', count: -1 });
      })
      .willRespondWith(400, (response) => {
        response.headers(json).jsonBody({
          program_key: ['This field is required.'],
          name: ['This field is required.'],
          count: ['Ensure this value is greater than or equal to 0.'],
          started: ['This field is required.'],
        });
      })
      .executeTest(async ({ url }) => {
        const wrong = { platform_key: 'acme', count: -1 };
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

it('is what contracts/ holds', async () => {
  await expect(written()).toMatchFileSnapshot(file);
});
