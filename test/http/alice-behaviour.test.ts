/** What is known of the vendor alice, sentence by sentence, over HTTP. */
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aliceScenario,
  callAlice,
  failuresOf,
  groupId,
  licenseXml,
  messagesOf,
  modelStateOf,
  type Sent,
} from '../support/alice-client.ts';
import { startTestServer, type TestServer, type TestServerOptions } from '../support/server.ts';

const valid = { Name: 'n', AvailableSeats: 1, TargetUserGroupId: groupId };
const VALID = '{"errors":[]}';
const form = 'application/x-www-form-urlencoded';
const xml = 'application/xml';
const OCCURRED = ['An error has occurred.'];

let server: TestServer;
const post = (body: string | Buffer | object, sent: Sent = {}) => callAlice(server.url, body, sent);
const warnings = (answer: { headers: Readonly<Record<string, string>> }) =>
  Number(answer.headers['x-mock-warnings'] ?? 0);
const rows = (answer: { headers: Readonly<Record<string, string>> }) =>
  (answer.headers['x-mock-ledger'] ?? '').split(/,\s*/);

function useServer(options: TestServerOptions = {}) {
  beforeAll(async () => {
    server = await startTestServer(options);
  });
  afterAll(() => server.stop());
}

describe('by default', () => {
  useServer();

  describe('the result', () => {
    it('ALICE-RESULT: has no IsValid, and failures by the names of backing fields', async () => {
      const { status, body } = await post({ ...valid, AvailableSeats: 0 });
      expect(status).toBe(200);
      expect(JSON.parse(body)).toEqual({
        errors: [
          {
            '<PropertyName>k__BackingField': 'AvailableSeats',
            '<ErrorMessage>k__BackingField': "'Available Seats' must be greater than '0'.",
            '<AttemptedValue>k__BackingField': 0,
            '<CustomState>k__BackingField': null,
            '<Severity>k__BackingField': 0,
            '<ErrorCode>k__BackingField': 'GreaterThanValidator',
            '<FormattedMessageArguments>k__BackingField': [],
            '<FormattedMessagePlaceholderValues>k__BackingField': {
              ComparisonValue: 0,
              PropertyName: 'Available Seats',
              PropertyValue: 0,
            },
            '<ResourceName>k__BackingField': 'GreaterThanValidator',
          },
        ],
      });
    });

    it('ALICE-INVALID-STATUS: is a 200 where rules are broken', async () => {
      const answer = await post({});
      expect(answer.status).toBe(200);
      expect(rows(answer)).toEqual(
        expect.arrayContaining(['ALICE-RESULT', 'ALICE-INVALID-STATUS', 'ALICE-LIBRARY']),
      );
    });

    it('ALICE-RULES: asks for a name, seats and a group, checks address, dates and buffer', async () => {
      expect(messagesOf(await post({}))).toEqual([
        "'Name' should not be empty.",
        "'Available Seats' must be greater than '0'.",
        "'Target User Group Id' should not be empty.",
      ]);
      const answer = await post({
        ...valid,
        ContactEmail: 'zz',
        StartDate: '2026-03-02T00:00:00Z',
        EndDate: '2026-03-01T00:00:00Z',
        Buffer: -1,
      });
      expect(failuresOf(answer).map(({ ErrorCode }) => ErrorCode)).toEqual([
        'EmailValidator',
        'PredicateValidator',
        'GreaterThanOrEqualValidator',
      ]);
      expect(rows(answer)).toContain('ALICE-RULES');
    });

    it('ALICE-STORED: of a valid license is still only the result', async () => {
      const answer = await post(valid);
      expect(answer.body).toBe(VALID);
      expect(rows(answer)).toContain('ALICE-STORED');
    });

    it('ALICE-EXPIRY: a license that has ended already is taken', async () => {
      const answer = await post({ ...valid, EndDate: '1999-12-31T00:00:00Z' });
      expect(answer.body).toBe(VALID);
      expect(rows(answer)).toContain('ALICE-EXPIRY');
      expect(rows(await post(valid))).not.toContain('ALICE-EXPIRY');
    });

    it('ALICE-XML-VALUES: in XML has attempted values and placeholders by type', async () => {
      const { body } = await post({ ...valid, Name: null, AvailableSeats: 0 }, { accept: xml });
      expect(body).toContain(
        '<_x003C_AttemptedValue_x003E_k__BackingField xmlns:d4p1="http://www.w3.org/2001/XMLSchema" i:type="d4p1:int">0<',
      );
      expect(body).toContain('<_x003C_AttemptedValue_x003E_k__BackingField i:nil="true" />');
      expect(body).toContain(
        '<d4p1:Key>PropertyValue</d4p1:Key><d4p1:Value i:nil="true" /></d4p1:KeyValueOfstringanyType>',
      );
    });

    it('ALICE-XML-LINE-BREAKS: in XML has Windows line breaks', async () => {
      const { body } = await post({ ...valid, ContactEmail: 'a\nb' }, { accept: xml });
      expect(body).toContain('i:type="d4p1:string">a\r\nb<');
    });

    it.each([
      ['2026-03-02T04:02:01.5797227Z', '2026-03-02T04:02:01.5797227Z'],
      ['2026-03-02T04:02:01.1200000Z', '2026-03-02T04:02:01.12Z'],
      ['2026-03-02T04:02:01+02:00', '2026-03-02T02:02:01+00:00'],
      ['2026-03-02', '2026-03-02T00:00:00'],
    ])('ALICE-TIME-ZONE: shows the date %s as %s', async (sent, shown) => {
      const answer = await post({ ...valid, StartDate: '2027-01-01T00:00:00Z', EndDate: sent });
      expect(failuresOf(answer)[0]).toMatchObject({ AttemptedValue: shown });
    });
  });

  describe('binding', () => {
    it('ALICE-NULLABLE: integers that are left out are 0, null does not bind to them', async () => {
      const leftOut = await post({ ...valid, AvailableSeats: undefined });
      expect(failuresOf(leftOut)[0]).toMatchObject({ AttemptedValue: 0 });
      expect(rows(leftOut)).toContain('ALICE-NULLABLE');
      const sent = { LicenseType: null, OwnerId: null, StartDate: null, Buffer: null, Isbns: null };
      const answer = await post(sent);
      expect(rows(answer)).toContain('ALICE-NULLABLE');
      expect(answer.status).toBe(400);
      expect(modelStateOf(answer)).toEqual({
        'request.LicenseType': OCCURRED,
        'request.OwnerId': OCCURRED,
      });
    });

    it.each(['/API/Licenses/ADD', '/api/licenses/add/'])('takes the path %s', async (path) => {
      expect((await post(valid, { path })).body).toBe(VALID);
    });

    it('ALICE-NAMES: names go in any letter case and unknown ones are ignored, with warnings', async () => {
      const answer = await post({
        name: 'n',
        AVAILABLESEATS: 1,
        targetUserGroupId: groupId,
        x: {},
      });
      expect(answer.body).toBe(VALID);
      expect(warnings(answer)).toBe(4);
      expect(rows(answer)).toContain('ALICE-NAMES');
    });

    it('ALICE-NAMES: errors are reported under the name as it was sent, in the order of the body', async () => {
      const answer = await post('{"ownerid":"x","LICENSETYPE":"y","Buffer":"z"}');
      expect(Object.keys(modelStateOf(answer))).toEqual([
        'request.ownerid',
        'request.LICENSETYPE',
        'request.Buffer',
      ]);
    });

    it('ALICE-VALUE-FORMS: "4" is an integer and numbers in Isbns become strings', async () => {
      const answer = await post({
        ...valid,
        AvailableSeats: '4',
        Isbns: [9_780_306_406_157],
        OwnerId: '6caf4af1626c409c831b9bc40b09967b',
        LicenseCategoryId: '{6caf4af1-626c-409c-831b-9bc40b09967b}',
      });
      expect(answer.body).toBe(VALID);
      expect(warnings(answer)).toBe(4);
      expect(rows(answer)).toContain('ALICE-VALUE-FORMS');
    });

    it.each([['""'], ['null'], ['"4.7"'], ['true'], ['[]']])(
      'ALICE-VALUE-FORMS: %s is no integer',
      async (value) => {
        const answer = await post(`{"LicenseType":${value}}`);
        expect(answer.status).toBe(400);
        expect(modelStateOf(answer)).toEqual({ 'request.LicenseType': OCCURRED });
      },
    );

    it('ALICE-NUMBER-LITERALS: 4.7 upsets the reader, which reports what comes next as well', async () => {
      const state = { 'request.LicenseType': OCCURRED };
      expect(modelStateOf(await post('{"LicenseType":4.7}'))).toEqual({
        ...state,
        request: OCCURRED,
      });
      const answer = await post('{"LicenseType":4.7,"Name":"x","OwnerId":"x"}');
      expect(modelStateOf(answer)).toEqual({ ...state, 'request.Name': OCCURRED });
      expect(rows(answer)).toContain('ALICE-NUMBER-LITERALS');
    });

    it('ALICE-DATE-FORMS: dates go in other forms, with a warning', async () => {
      const answer = await post({ ...valid, StartDate: '/Date(0)/', EndDate: '3/2/2026 4:02 PM' });
      expect(answer.body).toBe(VALID);
      expect(warnings(answer)).toBe(2);
      expect(rows(answer)).toContain('ALICE-DATE-FORMS');
    });

    it('ALICE-JSON-LENIENCY: comments and single quotes are taken, with warnings', async () => {
      const answer = await post(
        `{/* c */'Name':"n","AvailableSeats":1,TargetUserGroupId:"${groupId}",}`,
      );
      expect(answer.body).toBe(VALID);
      expect(warnings(answer)).toBeGreaterThan(2);
      expect(rows(answer)).toContain('ALICE-JSON-LENIENCY');
    });

    it('ALICE-JSON-FAULTS: text that breaks off is reported where it does, behind what did not bind', async () => {
      const answer = await post('{"OwnerId":"x","Isbns":["a"');
      expect(answer.status).toBe(400);
      expect(modelStateOf(answer)).toEqual({
        'request.OwnerId': OCCURRED,
        'request.Isbns[0]': [...OCCURRED, ...OCCURRED],
      });
      expect(rows(answer)).toContain('ALICE-JSON-FAULTS');
    });

    it('ALICE-DUPLICATE-KEYS: the last one wins', async () => {
      const answer = await post(
        `{"Name":"","AvailableSeats":1,"TargetUserGroupId":"${groupId}","Name":"n"}`,
      );
      expect(answer.body).toBe(VALID);
      expect(rows(answer)).toContain('ALICE-DUPLICATE-KEYS');
    });

    it('ALICE-DEPTH: 300 levels are refused', async () => {
      const answer = await post(`{"x":${'['.repeat(300)}${']'.repeat(300)}}`);
      expect(answer.status).toBe(400);
      expect(rows(answer)).toContain('ALICE-DEPTH');
    });

    it.each([
      ['nothing', '', 'application/json'],
      ['nothing of an unknown type', '', 'text/plain'],
      ['null', 'null', 'application/json'],
      ['nil', licenseXml('').replace('>', ' i:nil="true">'), xml],
    ])('ALICE-EMPTY-BODY: %s is a 500', async (_, body, contentType) => {
      const answer = await post(body, { contentType, accept: 'application/json' });
      expect(answer.status).toBe(500);
      expect(answer.body).toBe('{"Message":"An error has occurred."}');
      expect(rows(answer)).toContain('ALICE-EMPTY-BODY');
    });

    it('ALICE-EMPTY-BODY: so is a request without body and type', async () => {
      expect((await post('', { contentType: null })).status).toBe(500);
    });

    it('ALICE-CHARSETS: a body in UTF-16 is read, invalid UTF-8 is not', async () => {
      const sixteen = Buffer.from(JSON.stringify(valid), 'utf16le');
      const contentType = 'application/json; charset=utf-16';
      const headers = { 'Accept-Charset': 'utf-8' };
      expect((await post(sixteen, { contentType, headers })).body).toBe(VALID);
      const marked = Buffer.concat([Buffer.from([0xff, 0xfe]), sixteen]);
      expect((await post(marked)).body).toBe(VALID);
      const answer = await post(Buffer.from([0x7b, 0xff, 0x7d]));
      expect(modelStateOf(answer)).toEqual({ request: OCCURRED });
    });
  });

  it('ALICE-CONTENT-ENCODING: a compressed body is not unpacked', async () => {
    const headers = { 'Content-Encoding': 'gzip' };
    const packed = await post(gzipSync(JSON.stringify(valid)), { headers });
    expect(packed.status).toBe(400);
    expect(modelStateOf(packed)).toEqual({ request: OCCURRED });
    const plain = await post(valid, { headers });
    expect(plain.body).toBe(VALID);
    for (const each of [packed, plain]) expect(rows(each)).toContain('ALICE-CONTENT-ENCODING');
    expect(rows(await post(valid))).not.toContain('ALICE-CONTENT-ENCODING');
  });

  describe('a form', () => {
    it('ALICE-FORM-BINDING: binds lists, and takes an empty value for null', async () => {
      const body = `Name=n&AvailableSeats=1&TargetUserGroupId=${groupId}&Isbns=1&Isbns=2&SeatUserGroupIds[0]=${groupId}&Buffer=`;
      const answer = await post(body, { contentType: form });
      expect(answer.body).toBe(VALID);
      expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
      expect(warnings(answer)).toBe(0);
    });

    it('ALICE-FORM-BINDING: says which values are not valid, in the order of the class', async () => {
      const body =
        'LicenseType=abc&LicenseType=2&OwnerId=&AccessType=99999999999&SeatUserGroupIds=q&SeatUserGroupIds=r&AllowableUserRoles[0]=s&AllowableUserRoles[1]=t';
      const answer = await post(body, { contentType: form });
      expect(Object.entries(modelStateOf(answer))).toEqual([
        [
          'request.SeatUserGroupIds',
          ["The value 'q' is not valid for Guid.", "The value 'r' is not valid for Guid."],
        ],
        ['request.OwnerId', ['A value is required.']],
        ['request.LicenseType', ["The value 'abc,2' is not valid for LicenseType."]],
        ['request.AccessType', OCCURRED],
        ['request.AllowableUserRoles[0]', ["The value 's' is not valid for Guid."]],
      ]);
      expect(rows(answer)).toContain('ALICE-FORM-BINDING');
    });

    it('ALICE-FORM-KEYS: of more than 1000 keys is refused', async () => {
      const answer = await post('a=1&'.repeat(1_001), { contentType: form });
      expect(modelStateOf(answer)).toEqual({ request: OCCURRED });
      expect(rows(answer)).toContain('ALICE-FORM-KEYS');
    });
  });

  describe('XML', () => {
    const contentType = xml;
    const accept = 'application/json';

    it('ALICE-XML-ORDER: drops an element behind one that comes later in the alphabet, and warns', async () => {
      const content = `<Name>n</Name><AvailableSeats>1</AvailableSeats><TargetUserGroupId>${groupId}</TargetUserGroupId>`;
      const answer = await post(licenseXml(content), { contentType, accept });
      expect(messagesOf(answer)).toEqual(["'Available Seats' must be greater than '0'."]);
      expect(warnings(answer)).toBe(1);
      expect(rows(answer)).toContain('ALICE-XML-ORDER');
    });

    it('binds every kind of element', async () => {
      const content = `<AvailableSeats> 1 </AvailableSeats><Isbns><a:string>1</a:string></Isbns><Name><![CDATA[n]]></Name><SeatUserGroupIds><a:guid>${groupId}</a:guid></SeatUserGroupIds><StartDate>2026-03-02T04:02:01Z</StartDate><TargetUserGroupId>${groupId}</TargetUserGroupId>`;
      const answer = await post(licenseXml(content), { contentType, accept });
      expect(answer.body).toBe(VALID);
      expect(warnings(answer)).toBe(0);
    });

    it('ALICE-XML-READER: refuses document types, entities and wrong values at the root', async () => {
      const documents = [
        `<!DOCTYPE LicenseRequest [<!ENTITY e "v">]>${licenseXml('<Name>&e;</Name>')}`,
        licenseXml('<AvailableSeats>x</AvailableSeats><LicenseType>y</LicenseType>'),
        '<LicenseRequest/>',
        'x',
      ];
      for (const document of documents) {
        const answer = await post(document, { contentType, accept });
        expect(answer.status).toBe(400);
        expect(modelStateOf(answer)).toEqual({ request: OCCURRED });
      }
    });
  });

  describe('answers of the framework', () => {
    it('ALICE-CHARSETS: come in UTF-16 where that is asked for', async () => {
      const { promise, resolve } = Promise.withResolvers<Buffer>();
      const headers = { 'content-type': 'application/json', 'accept-charset': 'utf-16' };
      const sent = httpRequest(
        `${server.url}/api/licenses/add`,
        { method: 'POST', headers },
        (answer) => {
          const chunks: Buffer[] = [];
          expect(answer.headers['content-type']).toBe('application/json; charset=utf-16');
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => resolve(Buffer.concat(chunks)));
        },
      );
      sent.end(JSON.stringify(valid));
      expect((await promise).toString('utf16le')).toBe(`\ufeff${VALID}`);
    });

    it('415 names the media type, or says that there is none', async () => {
      expect(JSON.parse((await post('x', { contentType: 'Text/Plain; a=b' })).body)).toEqual({
        Message: "The request entity's media type 'Text/Plain' is not supported for this resource.",
      });
      for (const contentType of [null, 'garbage']) {
        const answer = await post('x', { contentType });
        expect(answer.status).toBe(415);
        expect(JSON.parse(answer.body)).toEqual({
          Message:
            "The request contains an entity body but no Content-Type header. The inferred media type 'application/octet-stream' is not supported for this resource.",
        });
      }
    });

    it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
      '405 to %s, with Allow',
      async (method) => {
        const answer = await post('', { method });
        expect(answer.status).toBe(405);
        expect(answer.headers['allow']).toBe('POST');
        expect(JSON.parse(answer.body)).toEqual({
          Message: `The requested resource does not support http method '${method}'.`,
        });
      },
    );

    it('405 to HEAD, without a body', async () => {
      expect(await post('', { method: 'HEAD' })).toMatchObject({ status: 405, body: '' });
    });

    it('405 comes before the body is looked at', async () => {
      expect((await post('{bad', { method: 'PUT', contentType: 'text/plain' })).status).toBe(405);
    });

    it.each([
      ['/api/licenses/no/pe?a=1', '/api/licenses/no/pe?a=1'],
      ['/api/licenses/no/a%20b%C3%A9', '/api/licenses/no/a bé'],
      ['/api/licenses/no/a%3Fb%25%00', '/api/licenses/no/a%3Fb%25%00'],
    ])('ALICE-NOT-FOUND: %s is shown as %s', async (path, shown) => {
      const answer = await post('', { method: 'GET', path });
      expect(answer.status).toBe(404);
      expect(JSON.parse(answer.body)).toEqual({
        Message: `No HTTP resource was found that matches the request URI 'http://localhost${shown}'.`,
      });
      expect(rows(answer)).toContain('ALICE-NOT-FOUND');
    });

    it.each([
      ['GET', '/api/licenses/6caf4af1-626c-409c-831b-9bc40b09967b/licenseOrders'],
      ['POST', '/api/Licenses/6caf4af1-626c-409c-831b-9bc40b09967b/licenseorders/'],
    ])('ALICE-SIBLINGS: %s %s is not served', async (method, path) => {
      const answer = await post('{}', { method, path });
      expect(answer.status).toBe(404);
      expect(rows(answer)).toContain('ALICE-SIBLINGS');
    });

    it('have XML twins', async () => {
      const path = '/api/licenses/no/pe';
      const answer = await post('', { path, accept: 'text/xml' });
      expect(answer.body).toBe(
        "<Error><Message>No HTTP resource was found that matches the request URI 'http://localhost/api/licenses/no/pe'.</Message></Error>",
      );
      const state = await post('{"SeatUserGroupIds":["q"]}', { accept: xml });
      expect(state.body).toContain(
        '<request.SeatUserGroupIds_x005B_0_x005D_>An error has occurred.</request.SeatUserGroupIds_x005B_0_x005D_>',
      );
    });

    it('Prefer asks for any documented answer, in the media type of the negotiation', async () => {
      const headers = { Prefer: 'code=401' };
      expect(await post(valid, { headers, accept: xml })).toMatchObject({
        status: 401,
        body: '<Error><Message>Authorization has been denied for this request.</Message></Error>',
      });
      const example = { Prefer: 'example=invalid-described' };
      expect(JSON.parse((await post(valid, { headers: example })).body)).toMatchObject({
        IsValid: false,
      });
    });
  });
});

describe('with a small body limit', () => {
  useServer({ options: { 'body-limit': '1kb' } });

  it('ALICE-TOO-LARGE: a larger body is a 413 in the form of the framework', async () => {
    const answer = await post({ ...valid, CommentText: 'x'.repeat(2_000) });
    expect(answer.status).toBe(413);
    expect(answer.body).toBe('{"Message":"The request entity is too large."}');
    expect(rows(answer)).toContain('ALICE-TOO-LARGE');
  });
});

describe('described', () => {
  useServer({ settings: { 'ALICE-RESULT': 'described' } });

  it('ALICE-RESULT: has IsValid and the names of the docs', async () => {
    expect((await post(valid)).body).toBe('{"IsValid":true,"Errors":[]}');
    expect(JSON.parse((await post({ ...valid, Name: '' })).body)).toMatchObject({
      IsValid: false,
      Errors: [{ PropertyName: 'Name', ErrorMessage: "'Name' should not be empty." }],
    });
    expect((await post(valid, { accept: xml })).body).toContain(
      '<Errors /><IsValid>true</IsValid>',
    );
  });
});

describe('with status 400', () => {
  useServer({ settings: { 'ALICE-INVALID-STATUS': '400' } });

  it('ALICE-INVALID-STATUS: an invalid license is a 400 with the result, a valid one a 200', async () => {
    const answer = await post({ ...valid, Name: '' });
    expect(answer.status).toBe(400);
    expect(messagesOf(answer)).toEqual(["'Name' should not be empty."]);
    expect((await post(valid)).status).toBe(200);
  });
});

describe('with error detail', () => {
  useServer({ settings: { 'ALICE-ERROR-DETAIL': 'always' } });

  it('ALICE-ERROR-DETAIL: values that do not bind are shown with type and path', async () => {
    const answer = await post('{"OwnerId":"xyz","SeatUserGroupIds":["q"],"Isbns":"a"}');
    expect(modelStateOf(answer)).toEqual({
      'request.OwnerId': ['"xyz" cannot be converted to System.Guid. Path \'OwnerId\'.'],
      'request.SeatUserGroupIds[0]': [
        '"q" cannot be converted to System.Guid. Path \'SeatUserGroupIds[0]\'.',
      ],
      'request.Isbns': [
        '"a" cannot be converted to System.Collections.Generic.List`1[System.String]. Path \'Isbns\'.',
      ],
    });
    expect(modelStateOf(await post('[1]'))['request']?.[0]).toMatch(/is no LicenseRequest/);
    expect(modelStateOf(await post('{"Name":bad'))['request.Name']?.[0]).toMatch(
      /^b begins no value\. Character 9\. Path 'Name'\.$/,
    );
  });

  it('ALICE-ERROR-DETAIL: refusals carry the framework’s details, no stack trace', async () => {
    const detail = async (body: string, sent: Sent = {}) =>
      JSON.parse((await post(body, sent)).body) as Record<string, unknown>;
    expect(await detail('')).toEqual({
      Message: 'An error has occurred.',
      ExceptionMessage:
        'Value cannot be null.\r\nParameter name: Cannot pass null model to Validate.',
      ExceptionType: 'System.ArgumentNullException',
    });
    expect(await detail('x', { contentType: 'text/plain' })).toMatchObject({
      ExceptionType: 'System.Net.Http.UnsupportedMediaTypeException',
    });
    const headers = { 'X-Mock-Vendor': 'alice' };
    expect(await detail('', { path: '/nope', headers })).toMatchObject({
      MessageDetail: 'No route data was found for this request.',
    });
    expect(await detail('', { path: '/api/nope', headers })).toMatchObject({
      MessageDetail: "No type was found that matches the controller named 'nope'.",
    });
    expect(await detail('', { path: '/api/licenses/nope/orders' })).toMatchObject({
      MessageDetail:
        "No action was found on the controller 'Licenses' that matches the name 'nope'.",
    });
  });
});

describe('in profile strict', () => {
  useServer({ profile: 'strict' });

  it('ALICE-NAMES: what is tolerated else is an error that says what is wrong', async () => {
    const answer = await post({ ...valid, name: 'n', Nmae: 'x' });
    expect(answer.status).toBe(400);
    expect(modelStateOf(answer)).toMatchObject({
      'request.name': ['"name" is spelt Name in the docs; the vendor accepts it anyway.'],
      'request.Nmae': ['"Nmae" is not a documented property; the vendor ignores it.'],
    });
  });

  it('ALICE-VALUE-FORMS: a value of another type does not bind', async () => {
    const answer = await post({ ...valid, AvailableSeats: '4', Isbns: [5] });
    expect(modelStateOf(answer)).toEqual({
      'request.AvailableSeats': OCCURRED,
      'request.Isbns[0]': OCCURRED,
    });
  });

  it('ALICE-XML-ORDER: an element that would be dropped is named', async () => {
    const content = `<Name>n</Name><AvailableSeats>1</AvailableSeats>`;
    const answer = await post(licenseXml(content), {
      contentType: xml,
      accept: 'application/json',
    });
    expect(modelStateOf(answer)['request.AvailableSeats']?.[0]).toMatch(
      /^"AvailableSeats" is out of alphabetical order/,
    );
  });

  it('takes what the docs describe, in each media type', async () => {
    expect((await post(valid)).body).toBe(VALID);
    const content = `<AvailableSeats>1</AvailableSeats><Name>n</Name><TargetUserGroupId>${groupId}</TargetUserGroupId>`;
    const sent = { contentType: xml, accept: 'application/json' };
    expect((await post(licenseXml(content), sent)).body).toBe(VALID);
    const body = `Name=n&AvailableSeats=1&TargetUserGroupId=${groupId}`;
    expect((await post(body, { contentType: form })).body).toBe(VALID);
  });
});

describe('with credentials', () => {
  useServer({
    scenario: aliceScenario({
      credentials: [
        { header: 'X-Api-Key', token: 'one' },
        { header: 'Authorization', token: 'Bearer two' },
      ],
    }),
  });

  it('ALICE-CREDENTIALS: one of them is needed', async () => {
    for (const headers of [{ 'x-api-key': 'one' }, { authorization: 'Bearer two' }]) {
      expect((await post(valid, { headers })).body).toBe(VALID);
    }
    for (const headers of [{}, { 'x-api-key': 'two' }, { authorization: 'bearer two' }]) {
      const answer = await post(valid, { headers: headers as Record<string, string> });
      expect(answer.status).toBe(401);
      expect(answer.body).toBe('{"Message":"Authorization has been denied for this request."}');
    }
  });

  it('ALICE-CREDENTIALS: is asked for behind address and method, before the body', async () => {
    expect((await post('', { method: 'GET' })).status).toBe(405);
    expect((await post('', { path: '/api/licenses/no/pe' })).status).toBe(404);
    expect((await post('x', { contentType: 'text/plain' })).status).toBe(401);
    expect((await post('')).status).toBe(401);
  });
});

describe('with other rules', () => {
  useServer({
    scenario: aliceScenario({
      rules: [
        { property: 'Grade', validator: 'MaximumLength', arguments: [2] },
        { property: 'StartDate', validator: 'GreaterThan', arguments: ['2026-03-02T04:02:01Z'] },
        { property: 'Isbns', validator: 'NotEmpty' },
      ],
    }),
  });

  it('ALICE-RULES: a scenario’s rules replace the default ones, in their order', async () => {
    const answer = await post({ Grade: '10th', StartDate: '2026-03-02T04:02:01Z', Isbns: [] });
    expect(messagesOf(answer)).toEqual([
      "The length of 'Grade' must be 2 characters or fewer. You entered 4 characters.",
      "'Start Date' must be greater than '3/2/2026 4:02:01 AM'.",
      "'Isbns' should not be empty.",
    ]);
    expect(failuresOf(answer)[2]).toMatchObject({ AttemptedValue: [] });
    expect(rows(answer)).toEqual(
      expect.arrayContaining(['ALICE-LENGTH-MESSAGES', 'ALICE-DATE-MESSAGES', 'ALICE-RULES']),
    );
    expect((await post({ Isbns: ['x'] })).body).toBe(VALID);
  });
});
