/** What the course desk expects of Thought Industries. Each test is an interaction of contracts/course-desk-thought-industries.json. */
import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { openPact } from '../write-contract.ts';
import {
  createThoughtIndustriesClient,
  type NewLicense,
  type RefusedError,
} from './thought-industries-client.ts';

const { datetime, string, uuid } = Matchers;
const { pact, written, file } = openPact('course-desk', 'thought-industries');

const path = '/incoming/v2/licenses';
const sendsJson = { Authorization: 'Bearer ti-key', 'Content-Type': 'application/json' };
const json = { 'Content-Type': 'application/json; charset=utf-8' };

const clientId = '5b0a6d1f-2c84-4f9b-a3de-70c1e8f49b26';
const algebra = '3f6c1a52-0d0e-4f0a-8a51-0c4d9b1e7f20';
const biology = '9d1a7c44-6a0b-4f66-b0a4-5e1c7f2d8b31';
const order: NewLicense = {
  clientId,
  name: 'Spring cohort 2027',
  courseIds: [algebra],
  learningPathIds: [],
  courseTagIds: [],
  seatsLimit: 250,
};

/** A new license in its envelope; what a test says of it is exact. */
const created = (exact: object) => ({
  data: {
    CreateLicense: {
      id: uuid('8d7a1c1e-6f0b-4f0e-9a52-3c0d5e8b7a41'),
      name: order.name,
      createdAt: datetime("yyyy-MM-dd'T'HH:mm:ss.SSSX", '2026-11-21T04:35:27.512Z'),
      schoolName: string('Spring Hill Academy'),
      isDefault: false,
      ...exact,
    },
  },
});

const refusal = (call: Promise<unknown>): Promise<RefusedError> =>
  call.then(
    () => expect.fail('was not refused'),
    (thrown: RefusedError) => thrown,
  );

describe('a license', () => {
  it('is made for a client', () =>
    pact
      .addInteraction()
      .given('a client exists', { clientId, courseId: algebra })
      .uponReceiving('a license with a limit of seats')
      .withRequest('POST', path, (request) => {
        request.headers(sendsJson).jsonBody(order);
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody(
          created({
            seatsLimit: 250,
            courseIds: [algebra],
            parentLicenseId: null,
            client: { id: clientId, courseIds: [algebra] },
          }),
        );
      })
      .executeTest(async ({ url }) => {
        const license = await createThoughtIndustriesClient(url, 'ti-key').createLicense(order);
        expect(license.client?.courseIds).toEqual([algebra]);
      }));

  it('adds its courses to those of the client', () =>
    pact
      .addInteraction()
      .given('a client exists', { clientId, courseId: algebra })
      .given('a course exists', { courseId: biology })
      .uponReceiving('a license with one more course')
      .withRequest('POST', path, (request) => {
        request.headers(sendsJson).jsonBody({ ...order, courseIds: [biology] });
      })
      .willRespondWith(200, (response) => {
        const client = { id: clientId, courseIds: [algebra, biology] };
        response.headers(json).jsonBody(created({ courseIds: [biology], client }));
      })
      .executeTest(async ({ url }) => {
        const more = { ...order, courseIds: [biology] };
        const license = await createThoughtIndustriesClient(url, 'ti-key').createLicense(more);
        expect(license.client?.courseIds).toEqual([algebra, biology]);
      }));

  it('puts its courses in the place of those of the client, when told to', () =>
    pact
      .addInteraction()
      .given('a client exists', { clientId, courseId: algebra })
      .given('a course exists', { courseId: biology })
      .uponReceiving('a license whose course replaces the others')
      .withRequest('POST', path, (request) => {
        const replacing = { ...order, courseIds: [biology], replaceCourseIds: true };
        request.headers(sendsJson).jsonBody(replacing);
      })
      .willRespondWith(200, (response) => {
        const client = { id: clientId, courseIds: [biology] };
        response.headers(json).jsonBody(created({ courseIds: [biology], client }));
      })
      .executeTest(async ({ url }) => {
        const replacing = { ...order, courseIds: [biology], replaceCourseIds: true };
        const license = await createThoughtIndustriesClient(url, 'ti-key').createLicense(replacing);
        expect(license.client?.courseIds).toEqual([biology]);
      }));

  it('can stand below another one', () => {
    const parentLicenseId = 'c7d2b9e0-54a1-4b3f-8e6d-91f0a2c4d583';
    return pact
      .addInteraction()
      .given('a client has a license', { clientId, courseId: algebra, licenseId: parentLicenseId })
      .uponReceiving('a license below another one')
      .withRequest('POST', path, (request) => {
        request.headers(sendsJson).jsonBody({ ...order, parentLicenseId });
      })
      .willRespondWith(200, (response) => {
        const parentLicense = { id: parentLicenseId };
        response.headers(json).jsonBody(created({ parentLicenseId, parentLicense }));
      })
      .executeTest(async ({ url }) => {
        const below = { ...order, parentLicenseId };
        const license = await createThoughtIndustriesClient(url, 'ti-key').createLicense(below);
        expect(license.parentLicenseId).toBe(parentLicenseId);
      });
  });
});

describe('a refusal', () => {
  it('names everything that is missing', () =>
    pact
      .addInteraction()
      .uponReceiving('a license with nothing but a client')
      .withRequest('POST', path, (request) => {
        request.headers(sendsJson).jsonBody({ clientId });
      })
      .willRespondWith(400, (response) => {
        response.headers(json).jsonBody({
          error: 'bad_request',
          message:
            'courseIds is required. learningPathIds is required. courseTagIds is required. name is required.',
        });
      })
      .executeTest(async ({ url }) => {
        const client = createThoughtIndustriesClient(url, 'ti-key');
        expect((await refusal(client.createLicense({ clientId }))).message).toContain('name');
      }));

  it('of a wrong key has no body', () =>
    pact
      .addInteraction()
      .uponReceiving('a license with a key that is not known')
      .withRequest('POST', path, (request) => {
        request.headers({ ...sendsJson, Authorization: 'Bearer wrong-key' }).jsonBody(order);
      })
      .willRespondWith(401)
      .executeTest(async ({ url }) => {
        const client = createThoughtIndustriesClient(url, 'wrong-key');
        expect(await refusal(client.createLicense(order))).toMatchObject({
          status: 401,
          message: '',
        });
      }));
});

/** The start of each interaction: states, then a sentence. */
const told = (state: string, params: Record<string, string | number>, sentence: string) =>
  pact.addInteraction().given(state, params).uponReceiving(sentence);
const base = '/incoming/v2';
const key = { Authorization: 'Bearer ti-key' };
const licenseId = 'c7d2b9e0-54a1-4b3f-8e6d-91f0a2c4d583';
const userId = 'a3e8c5d1-7b24-4f96-8e0a-5d1c2b3a4f01';
const email = 'maya.lindqvist@example.com';
const seats = (taken: number, seatsLimit: number) => ({ clientId, licenseId, taken, seatsLimit });
const FREE_SEATS = '{taken} of {seatsLimit} seats of client license {licenseId} are taken';
const STUDENT = 'the user {email} has a seat of client license {licenseId}';
const asStudent = { licenseId, licenseRole: 'student' };
const open = (url: string) => createThoughtIndustriesClient(url, 'ti-key');

it('the key is valid', () =>
  pact
    .addInteraction()
    .uponReceiving('a question whether the key is valid')
    .withRequest('GET', `${base}/ping`, (request) => void request.headers(key))
    .willRespondWith(200, (response) => void response.headers(json).jsonBody({ valid: true }))
    .executeTest(async ({ url }) => {
      expect((await open(url).ping()).valid).toBe(true);
    }));

describe('the licenses of a client', () => {
  const list = `${base}/clients/${clientId}/licenses`;

  it('are listed', () =>
    told(FREE_SEATS, seats(1, 2), 'the licenses of a client')
      .withRequest('GET', list, (request) => void request.headers(key))
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({
          data: {
            APILicensesByClientId: {
              id: clientId,
              pageInfo: { currentPage: 1, total: 1, hasMore: false, cursor: null },
              licenses: [{ id: licenseId, seatsLimit: 2, courseIds: [], learningPathIds: [] }],
            },
          },
        });
      })
      .executeTest(async ({ url }) => {
        expect((await open(url).licensesOf(clientId)).licenses).toHaveLength(1);
      }));

  it('are none where it has none', () =>
    told('a client exists', { clientId, courseId: algebra }, 'the licenses of a client without any')
      .withRequest('GET', list, (request) => void request.headers(key))
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({
          data: { APILicensesByClientId: { pageInfo: { total: 0 }, licenses: [] } },
        });
      })
      .executeTest(async ({ url }) => {
        expect((await open(url).licensesOf(clientId)).licenses).toEqual([]);
      }));

  const update = { name: order.name, courseIds: [], learningPathIds: [], courseTagIds: [] };

  it('get more seats', () =>
    told(FREE_SEATS, seats(2, 2), 'more seats for a license')
      .withRequest('PUT', `${base}/licenses/${licenseId}`, (request) => {
        request.headers(sendsJson).jsonBody({ ...update, seatsLimit: 3 });
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({
          data: {
            UpdateLicense: {
              id: licenseId,
              seatsLimit: 3,
              client: { id: clientId, seatsAllocatedCount: 3, seatsUsedCount: 2 },
            },
          },
        });
      })
      .executeTest(async ({ url }) => {
        const license = await open(url).updateLicense(licenseId, { ...update, seatsLimit: 3 });
        expect(license.seatsLimit).toBe(3);
      }));

  it('keep the seats that are in use', () =>
    told(FREE_SEATS, seats(2, 2), 'fewer seats than are in use')
      .withRequest('PUT', `${base}/licenses/${licenseId}`, (request) => {
        request.headers(sendsJson).jsonBody({ ...update, seatsLimit: 1 });
      })
      .willRespondWith(422, (response) => {
        response.headers(json).jsonBody({ error: 'unprocessable_entity' });
      })
      .executeTest(async ({ url }) => {
        const fewer = open(url).updateLicense(licenseId, { ...update, seatsLimit: 1 });
        expect((await refusal(fewer)).status).toBe(422);
      }));

  it('are deleted', () =>
    told(STUDENT, { clientId, licenseId, userId, email }, 'the end of a license')
      .withRequest('DELETE', `${base}/licenses/${licenseId}`, (request) => {
        request.headers(key);
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({ data: { LicenseById: { id: licenseId } } });
      })
      .executeTest(async ({ url }) => {
        expect((await open(url).deleteLicense(licenseId)).id).toBe(licenseId);
      }));

  it('are deleted once', () =>
    told('a client exists', { clientId, courseId: algebra }, 'the end of a license that is gone')
      .withRequest('DELETE', `${base}/licenses/${licenseId}`, (request) => {
        request.headers(key);
      })
      .willRespondWith(404, (response) => {
        response.headers(json).jsonBody({ error: 'not_found' });
      })
      .executeTest(async ({ url }) => {
        expect((await refusal(open(url).deleteLicense(licenseId))).status).toBe(404);
      }));
});

describe('a client', () => {
  it('is made with a main license', () => {
    const client = {
      name: 'Northwind Traders',
      slug: 'northwind-traders',
      enableSegmentation: true,
      enableEcommerce: false,
      enableBranding: true,
      enableOnboardingSurvey: false,
      enableGlobalLinks: true,
      enableNavLinks: true,
    };
    return pact
      .addInteraction()
      .uponReceiving('a new client')
      .withRequest('POST', `${base}/clients`, (request) => {
        request.headers(sendsJson).jsonBody(client);
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({
          data: {
            CreateClient: {
              id: uuid('5b0a6d1f-2c84-4f9b-a3de-70c1e8f49b26'),
              name: 'Northwind Traders',
              primaryLicense: { name: 'Northwind Traders', isDefault: true },
            },
          },
        });
      })
      .executeTest(async ({ url }) => {
        const made = await open(url).createClient(client);
        expect(made.primaryLicense?.name).toBe('Northwind Traders');
      });
  });

  it('counts the seats of its licenses', () =>
    told(FREE_SEATS, seats(1, 2), 'a client with its seats')
      .withRequest('GET', `${base}/clients/${clientId}`, (request) => void request.headers(key))
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({
          data: { ClientById: { id: clientId, seatsAllocatedCount: 2, seatsUsedCount: 1 } },
        });
      })
      .executeTest(async ({ url }) => {
        expect((await open(url).client(clientId)).seatsUsedCount).toBe(1);
      }));

  it('is on the second page', () => {
    const second = '9d3e7f10-6b25-4c8a-b1d4-3e5f7a9c2b04';
    return pact
      .addInteraction()
      .given('client {clientId} exists', { clientId, courseId: algebra })
      .given('client {clientId} exists', { clientId: second, courseId: algebra })
      .uponReceiving('the second page of clients')
      .withRequest('GET', `${base}/clients`, (request) => {
        request.headers(key).query({ page: '2', count: '1' });
      })
      .willRespondWith(200, (response) => {
        const pageInfo = { perPage: 1, currentPage: 2, total: 2, hasMore: false };
        response
          .headers(json)
          .jsonBody({ data: { Clients: { pageInfo, clients: [{ id: second }] } } });
      })
      .executeTest(async ({ url }) => {
        expect((await open(url).clients(2, 1)).clients[0]?.id).toBe(second);
      });
  });
});

describe('a learner', () => {
  const allocated = (name: string, allocatedLicenses: readonly object[]) => ({
    data: { [name]: { id: uuid(userId), email, allocatedLicenses } },
  });

  it('gets a seat', () =>
    told(FREE_SEATS, seats(1, 2), 'a new learner with a seat')
      .withRequest('POST', `${base}/users`, (request) => {
        request.headers(sendsJson).jsonBody({ email, clientId, studentLicenseIds: [licenseId] });
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody(allocated('CreateUser', [asStudent]));
      })
      .executeTest(async ({ url }) => {
        const user = await open(url).createUser({
          email,
          clientId,
          studentLicenseIds: [licenseId],
        });
        expect(user.allocatedLicenses).toMatchObject([asStudent]);
      }));

  it('is refused where no seat is free', () =>
    told(
      'client license {licenseId} has no free seat',
      { clientId, licenseId },
      'a new learner for a full license',
    )
      .withRequest('POST', `${base}/users`, (request) => {
        request.headers(sendsJson).jsonBody({ email, studentLicenseIds: [licenseId] });
      })
      .willRespondWith(422, (response) => {
        response.headers(json).jsonBody({ error: 'unprocessable_entity', message: string('full') });
      })
      .executeTest(async ({ url }) => {
        const user = open(url).createUser({ email, studentLicenseIds: [licenseId] });
        expect((await refusal(user)).status).toBe(422);
      }));

  it('shares the license with its manager, who needs no seat', () =>
    told(
      'client license {licenseId} has no free seat',
      { clientId, licenseId },
      'a manager for a full license',
    )
      .withRequest('POST', `${base}/users`, (request) => {
        request.headers(sendsJson).jsonBody({ email, managerLicenseIds: [licenseId] });
      })
      .willRespondWith(200, (response) => {
        const asManager = { licenseId, licenseRole: 'manager' };
        response.headers(json).jsonBody(allocated('CreateUser', [asManager]));
      })
      .executeTest(async ({ url }) => {
        const user = await open(url).createUser({ email, managerLicenseIds: [licenseId] });
        expect(user.allocatedLicenses[0]?.licenseRole).toBe('manager');
      }));

  it('is read with its licenses', () =>
    told(STUDENT, { clientId, licenseId, userId, email }, 'a learner with a seat')
      .withRequest('GET', `${base}/users/${userId}`, (request) => void request.headers(key))
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody(allocated('UserById', [asStudent]));
      })
      .executeTest(async ({ url }) => {
        expect((await open(url).user(userId)).allocatedLicenses).toHaveLength(1);
      }));

  it('gives the seat back', () => {
    const none = { studentLicenseIds: [], replaceLicenseAccess: true };
    return told(
      STUDENT,
      { clientId, licenseId, userId, email },
      'a learner who gives the seat back',
    )
      .withRequest('PUT', `${base}/users/${userId}`, (request) => {
        request.headers(sendsJson).jsonBody(none);
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody(allocated('UpdateUser', []));
      })
      .executeTest(async ({ url }) => {
        expect((await open(url).updateUser(userId, none)).allocatedLicenses).toEqual([]);
      });
  });

  it('is disabled', () =>
    told('a school has the user {email}', { userId, email }, 'a learner who leaves')
      .withRequest('PUT', `${base}/users/${userId}/updateStatus`, (request) => {
        request.headers(sendsJson).jsonBody({ status: 'disabled' });
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({ id: userId, status: 'disabled' });
      })
      .executeTest(async ({ url }) => {
        expect((await open(url).disableUser(userId)).status).toBe('disabled');
      }));

  it('gets a license with others, some of whom do not', () => {
    const users = [
      { email, studentLicenseIds: [licenseId] },
      { email: 'nobody@example.com', studentLicenseIds: [licenseId] },
    ];
    return pact
      .addInteraction()
      .given(FREE_SEATS, seats(1, 2))
      .given('a school has the user {email}', { userId, email })
      .uponReceiving('licenses for a learner and for nobody')
      .withRequest('POST', `${base}/users/bulkClientLicenseAssignment`, (request) => {
        request.headers(sendsJson).jsonBody({ users });
      })
      .willRespondWith(200, (response) => {
        const error = { identifier: 'nobody@example.com', error: string('unknown') };
        const assigned = { updatedRecordCount: 1, errors: [error] };
        response.headers(json).jsonBody({ data: { APIBulkPanoramaAssignment: assigned } });
      })
      .executeTest(async ({ url }) => {
        expect(await open(url).assign(users)).toMatchObject({ updatedRecordCount: 1 });
      });
  });
});

it('codes for a license are made', () => {
  const codes = { label: 'Fair', codeLength: 8, totalCodesCount: 5, licenses: [licenseId] };
  return told(FREE_SEATS, seats(1, 2), 'codes for a license')
    .withRequest('POST', `${base}/redemptionCodes`, (request) => {
      request.headers(sendsJson).jsonBody(codes);
    })
    .willRespondWith(200, (response) => {
      response.headers(json).jsonBody({
        id: uuid('d5f2b8a4-3c61-4d7e-9b08-6e4a1f2c3d01'),
        redeemedCodesCount: 0,
        totalCodesCount: 5,
        licenses: [{ id: licenseId }],
      });
    })
    .executeTest(async ({ url }) => {
      expect((await open(url).createCodes(codes)).redeemedCodesCount).toBe(0);
    });
});

it('is what contracts/ holds', async () => {
  await expect(written()).toMatchFileSnapshot(file);
});
