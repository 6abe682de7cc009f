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
        expect(license.client.courseIds).toEqual([algebra]);
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
        expect(license.client.courseIds).toEqual([algebra, biology]);
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
        expect(license.client.courseIds).toEqual([biology]);
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

it('is what contracts/ holds', async () => {
  await expect(written()).toMatchFileSnapshot(file);
});
