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

it('is what contracts/ holds', async () => {
  await expect(written()).toMatchFileSnapshot(file);
});
