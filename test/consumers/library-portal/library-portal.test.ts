/** What the library portal expects of Alice. Each test is an interaction of contracts/library-portal-alice.json. */
import { Matchers } from '@pact-foundation/pact';
import { describe, expect, it } from 'vitest';
import { openPact } from '../write-contract.ts';
import { createAliceClient, type NewLicense, type RefusedError } from './alice-client.ts';

const { integer, like } = Matchers;
const { pact, written, file } = openPact('library-portal', 'alice');

const path = '/api/licenses/add';
const json = { 'Content-Type': 'application/json; charset=utf-8' };
const asksJson = { 'Content-Type': 'application/json', Accept: 'application/json' };
const xml = { 'Content-Type': 'application/xml; charset=utf-8' };
const asksXml = { 'Content-Type': 'application/xml', Accept: 'application/xml' };

const license: NewLicense = {
  Name: 'City Library, reading room',
  StartDate: '2026-09-01T00:00:00Z',
  EndDate: '2027-08-31T00:00:00Z',
  TargetUserGroupId: 'ea677d34-15bf-4074-97b1-5b9661e2b4d0',
  AvailableSeats: 30,
  ContactEmail: 'mara.lindqvist@library.example',
};

/** One broken rule, under the names of the fields that .NET's serializers write. */
const failure = (property: string, message: string, attempted: unknown) => ({
  '<PropertyName>k__BackingField': property,
  '<ErrorMessage>k__BackingField': message,
  '<AttemptedValue>k__BackingField': attempted,
  '<Severity>k__BackingField': integer(0),
  '<FormattedMessagePlaceholderValues>k__BackingField': like({ PropertyName: property }),
});

const refusal = (call: Promise<unknown>): Promise<RefusedError> =>
  call.then(
    () => expect.fail('was not refused'),
    (thrown: RefusedError) => thrown,
  );

/** The serializer wants its elements in the order of the alphabet. */
const licenseXml = (content: string) =>
  `<LicenseRequest xmlns="http://schemas.datacontract.org/2004/07/Alice.Dto.Requests">${content}</LicenseRequest>`;

const noErrors =
  '<ValidationResult xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.datacontract.org/2004/07/FluentValidation.Results"><errors></errors></ValidationResult>';

describe('a license', () => {
  it('that keeps all rules is added', () =>
    pact
      .addInteraction()
      .uponReceiving('a license that keeps all rules')
      .withRequest('POST', path, (request) => {
        request.headers(asksJson).jsonBody(license);
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({ errors: [] });
      })
      .executeTest(async ({ url }) => {
        expect(await createAliceClient(url).addLicense(license)).toEqual({
          isValid: true,
          brokenRules: [],
        });
      }));

  it('that breaks rules is told which, with status 200', () =>
    pact
      .addInteraction()
      .uponReceiving('a license without name and seats')
      .withRequest('POST', path, (request) => {
        request.headers(asksJson).jsonBody({ ...license, Name: '', AvailableSeats: 0 });
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({
          errors: [
            failure('Name', "'Name' should not be empty.", ''),
            failure('AvailableSeats', "'Available Seats' must be greater than '0'.", 0),
          ],
        });
      })
      .executeTest(async ({ url }) => {
        const wrong = { ...license, Name: '', AvailableSeats: 0 };
        const { isValid, brokenRules } = await createAliceClient(url).addLicense(wrong);
        expect(isValid).toBe(false);
        expect(brokenRules.map(({ property }) => property)).toEqual(['Name', 'AvailableSeats']);
      }));

  it('is held to the rules that the service has', () =>
    pact
      .addInteraction()
      .given('a name has at most {length} characters', { length: 10 })
      .uponReceiving('a license with a name that is too long')
      .withRequest('POST', path, (request) => {
        request.headers(asksJson).jsonBody(license);
      })
      .willRespondWith(200, (response) => {
        const message = "'Name' must be between 1 and 10 characters. You entered 26 characters.";
        response.headers(json).jsonBody({ errors: [failure('Name', message, license.Name)] });
      })
      .executeTest(async ({ url }) => {
        expect((await createAliceClient(url).addLicense(license)).isValid).toBe(false);
      }));

  it('whose values are of the wrong type is not understood', () =>
    pact
      .addInteraction()
      .uponReceiving('a license with a number of seats in words')
      .withRequest('POST', path, (request) => {
        request.headers(asksJson).jsonBody({ ...license, AvailableSeats: 'many' });
      })
      .willRespondWith(400, (response) => {
        response.headers(json).jsonBody({
          Message: 'The request is invalid.',
          ModelState: { 'request.AvailableSeats': ['An error has occurred.'] },
        });
      })
      .executeTest(async ({ url }) => {
        const wrong = { ...license, AvailableSeats: 'many' };
        const error = await refusal(createAliceClient(url).addLicense(wrong));
        expect(error.status).toBe(400);
      }));

  it('under a media type that the service does not read is refused', () =>
    pact
      .addInteraction()
      // What fetch says of a text when nobody says otherwise.
      .uponReceiving('a license as plain text')
      .withRequest('POST', path, (request) => {
        request
          .headers({ ...asksJson, 'Content-Type': 'text/plain' })
          .body('text/plain', Buffer.from('Name=Reading room'));
      })
      .willRespondWith(415, (response) => {
        response.headers(json).jsonBody({
          Message:
            "The request entity's media type 'text/plain' is not supported for this resource.",
        });
      })
      .executeTest(async ({ url }) => {
        const call = createAliceClient(url).sendAs('text/plain', 'Name=Reading room');
        expect((await refusal(call)).status).toBe(415);
      }));
});

describe('a license in XML', () => {
  const valid = licenseXml(
    '<AvailableSeats>30</AvailableSeats><Name>Reading room</Name><TargetUserGroupId>ea677d34-15bf-4074-97b1-5b9661e2b4d0</TargetUserGroupId>',
  );

  it('is answered in XML', () =>
    pact
      .addInteraction()
      .uponReceiving('a license in XML')
      .withRequest('POST', path, (request) => {
        request.headers(asksXml).xmlBody(valid);
      })
      .willRespondWith(200, (response) => {
        response.headers(xml).xmlBody(noErrors);
      })
      .executeTest(async ({ url }) => {
        expect(await createAliceClient(url).addLicenseInXml(valid)).toBe(noErrors);
      }));

  it('loses what stands in the wrong order', () => {
    // Name before AvailableSeats: the serializer has passed the seats when it meets them.
    const disordered = licenseXml(
      '<Name>Reading room</Name><AvailableSeats>30</AvailableSeats><TargetUserGroupId>ea677d34-15bf-4074-97b1-5b9661e2b4d0</TargetUserGroupId>',
    );
    return pact
      .addInteraction()
      .uponReceiving('a license in XML whose seats come too late')
      .withRequest('POST', path, (request) => {
        request.headers({ ...asksXml, Accept: 'application/json' }).xmlBody(disordered);
      })
      .willRespondWith(200, (response) => {
        const message = "'Available Seats' must be greater than '0'.";
        response.headers(json).jsonBody({ errors: [failure('AvailableSeats', message, 0)] });
      })
      .executeTest(async ({ url }) => {
        const answer = await createAliceClient(url).sendAs('application/xml', disordered);
        expect(answer).toContain('AvailableSeats');
      });
  });
});

const id = '7a1d4e92-5c3b-4f68-9e07-2b8c6d1f0a35';
const isbn = '9780306406157';
const user = '9f4e2c6a-71b3-4d58-a0c9-5e8d3b1f6a27';
const group = license.TargetUserGroupId;
const wantsJson = { Accept: 'application/json' };

describe('licenses', () => {
  const search = (PageIndex: number, PageSize: number) => ({
    Filters: { Isbn: { Value: isbn, FilterType: 0 } },
    PageSize,
    PageIndex,
  });

  it('are found by the ISBN, with the readers who have a seat', () =>
    pact
      .addInteraction()
      .given('a user has a seat of an Alice license', { userId: user, seats: 30 })
      .uponReceiving('a search for the licenses of a title')
      .withRequest('POST', '/api/licenses', (request) => {
        request.headers(asksJson).jsonBody(search(0, 25));
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({
          IsSuccess: true,
          Data: [{ Id: id, Name: license.Name, AvailableSeats: 30, UserIds: [user] }],
          PageIndex: 0,
          Total: 1,
        });
      })
      .executeTest(async ({ url }) => {
        const { licenses, total } = await createAliceClient(url).findLicenses(isbn, 0, 25);
        expect(total).toBe(1);
        expect(licenses.map(({ UserIds }) => UserIds)).toEqual([[user]]);
      }));

  it('come page by page', () =>
    pact
      .addInteraction()
      .given('three Alice licenses exist', { isbn })
      .uponReceiving('the second page of two')
      .withRequest('POST', '/api/licenses', (request) => {
        request.headers(asksJson).jsonBody(search(1, 1));
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({
          Data: [{ Name: 'Language lab', AvailableSeats: 12, UserIds: [] }],
          PageSize: 1,
          PageIndex: 1,
          Total: 2,
        });
      })
      .executeTest(async ({ url }) => {
        const { licenses, total } = await createAliceClient(url).findLicenses(isbn, 1, 1);
        expect(total).toBe(2);
        expect(licenses.map(({ Name }) => Name)).toEqual(['Language lab']);
      }));

  it('are not found once they are deleted', () =>
    pact
      .addInteraction()
      .given('an Alice license was deleted', { isbn })
      .uponReceiving('a search for a license that was deleted')
      .withRequest('POST', '/api/licenses', (request) => {
        request.headers(asksJson).jsonBody(search(0, 25));
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({ IsSuccess: true, Data: [], Total: 0 });
      })
      .executeTest(async ({ url }) => {
        const found = await createAliceClient(url).findLicenses(isbn, 0, 25);
        expect(found).toEqual({ licenses: [], total: 0 });
      }));

  it('can be read', () =>
    pact
      .addInteraction()
      .given('Alice license {aliceLicenseId} exists', { aliceLicenseId: id })
      .uponReceiving('a license by its id')
      .withRequest('GET', `/api/licenses/${id}`, (request) => {
        request.headers(wantsJson);
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({
          IsSuccess: true,
          Errors: [],
          Data: {
            Id: id,
            LicenseName: license.Name,
            UserGroup: { Id: group, Name: like('Bakke School, Roskilde') },
            AvailableSeats: 30,
            IsPaused: false,
          },
        });
      })
      .executeTest(async ({ url }) => {
        const found = await createAliceClient(url).readLicense(id);
        expect(found?.LicenseName).toBe(license.Name);
      }));

  it('that do not exist are told inside the envelope', () =>
    pact
      .addInteraction()
      .uponReceiving('a license that does not exist')
      .withRequest('GET', `/api/licenses/${id}`, (request) => {
        request.headers(wantsJson);
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({ IsSuccess: false, Data: null });
      })
      .executeTest(async ({ url }) => {
        expect(await createAliceClient(url).readLicense(id)).toBeUndefined();
      }));

  it('are in the index with the readers who have a seat', () =>
    pact
      .addInteraction()
      .given('a user has a seat of an Alice license', { userId: user, aliceLicenseId: id })
      .uponReceiving('a license of the index')
      .withRequest('GET', `/api/licenseDtoIndex/${id}`, (request) => {
        request.headers(wantsJson);
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({
          Data: { Id: id, Name: license.Name, UserIds: [user], IsDeleted: false },
          Errors: [],
        });
      })
      .executeTest(async ({ url }) => {
        const found = await createAliceClient(url).readFromIndex(id);
        expect(found?.UserIds).toEqual([user]);
      }));

  const whole = {
    LicenseId: id,
    LicenseName: 'City Library, all rooms',
    StartDate: '2026-09-01T00:00:00Z',
    EndDate: '2027-08-31T00:00:00Z',
    UserGroupId: group,
    OwnerId: '6941f0ab-3291-4064-a114-87fc52f3836f',
    AvailableSeats: 45,
    ContactPersonName: 'Mara Lindqvist',
    ContactPhone: null,
    ContactEmail: license.ContactEmail,
    Buffer: null,
    Grade: null,
    LicenseCategoryId: null,
    AllowableUserRoles: null,
    IsPaused: false,
    SeatUserGroupIds: null,
    PrivilegedUserRoles: null,
  };

  it('get more seats', () =>
    pact
      .addInteraction()
      .given('Alice license {aliceLicenseId} exists', { aliceLicenseId: id })
      .uponReceiving('more seats for a license')
      .withRequest('PUT', `/api/licenses/${id}`, (request) => {
        request.headers(asksJson).jsonBody(whole);
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({ errors: [] });
      })
      .executeTest(async ({ url }) => {
        expect(await createAliceClient(url).updateLicense(id, whole)).toEqual([]);
      }));

  it('keep to the rules when they change', () =>
    pact
      .addInteraction()
      .given('Alice license {aliceLicenseId} exists', { aliceLicenseId: id })
      .uponReceiving('a license that is to end before it starts')
      .withRequest('PUT', `/api/licenses/${id}`, (request) => {
        request.headers(asksJson).jsonBody({ ...whole, EndDate: '2026-08-31T00:00:00Z' });
      })
      .willRespondWith(200, (response) => {
        const message = 'EndDate must be after StartDate';
        response
          .headers(json)
          .jsonBody({ errors: [failure('EndDate', message, '2026-08-31T00:00:00Z')] });
      })
      .executeTest(async ({ url }) => {
        const wrong = { ...whole, EndDate: '2026-08-31T00:00:00Z' };
        expect(await createAliceClient(url).updateLicense(id, wrong)).toEqual(['EndDate']);
      }));
});

describe('a reader', () => {
  const asks = (state: string, params: object, description: string) =>
    pact
      .addInteraction()
      .given(state, { isbn, ...params })
      .uponReceiving(description)
      .withRequest('GET', '/api/GetLicenseAnonymized', (request) => {
        request.headers(wantsJson).query({ userId: user, productKey: isbn });
      });

  it('gets a seat where one is free', () =>
    asks('an Alice license exists', { seats: 30, taken: 29 }, 'a reader asks for the last seat')
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({
          IsValid: true,
          Message: null,
          InstitutionId: group,
          UserId: user,
        });
      })
      .executeTest(async ({ url }) => {
        const access = await createAliceClient(url).askForAccess(user, isbn);
        expect(access).toEqual({ isValid: true, reason: null });
      }));

  it.each([
    ['all seats of an Alice license are taken', {}, 'a reader asks when all seats are taken'],
    ['an Alice license is paused', {}, 'a reader asks during a pause'],
    ['an Alice license has ended', {}, 'a reader asks after the end'],
    [
      'an Alice license is not for the role of a user',
      { userId: user },
      'a reader of another role asks',
    ],
  ])('gets none where %s', (state, params, description) =>
    asks(state, params, description)
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({
          IsValid: false,
          Message: like('All seats of the license are taken.'),
          InstitutionId: null,
        });
      })
      .executeTest(async ({ url }) => {
        const access = await createAliceClient(url).askForAccess(user, isbn);
        expect(access.isValid).toBe(false);
      }),
  );

  it('sees which titles there are, and how many seats are left', () =>
    pact
      .addInteraction()
      .given('an Alice license exists', { isbn, seats: 30, taken: 12, userGroupId: group })
      .uponReceiving('the titles of a reader')
      .withRequest('GET', '/api/products/getForUser', (request) => {
        request
          .headers(wantsJson)
          .query({ userId: user, institutionNumber: group, includeLicenses: 'true' });
      })
      .willRespondWith(200, (response) => {
        response
          .headers(json)
          .jsonBody([{ Isbn: isbn, Licenses: [{ AvailableSeats: 30, TakenSeats: 12 }] }]);
      })
      .executeTest(async ({ url }) => {
        const titles = await createAliceClient(url).listTitles(user, group);
        expect(titles).toEqual([{ isbn, freeSeats: 18 }]);
      }));

  it('has the titles of the seats', () =>
    pact
      .addInteraction()
      .given('a user has a seat of an Alice license', { userId: user, isbn })
      .uponReceiving('a search among the titles of a reader')
      .withRequest('POST', `/api/user/${user}/licenses`, (request) => {
        request.headers(asksJson).jsonBody({
          SearchBy: [{ Key: 'IsActive', Value: true, Type: 0 }],
          PageSize: 25,
          PageIndex: 0,
        });
      })
      .willRespondWith(200, (response) => {
        response.headers(json).jsonBody({ Data: [{ Isbn: isbn, IsActive: true }], Total: 1 });
      })
      .executeTest(async ({ url }) => {
        expect(await createAliceClient(url).countTitlesOf(user)).toBe(1);
      }));
});

it('is what contracts/ holds', async () => {
  await expect(written()).toMatchFileSnapshot(file);
});
