/** What is refused, in which order, and in which form. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import {
  KEY,
  PATH,
  ledgerOf,
  newLicense,
  post,
  send,
  warningsOf,
} from '../support/thought-industries-client.ts';

let server: TestServer;
let graphql: TestServer;
beforeAll(async () => {
  [server, graphql] = await Promise.all([
    startTestServer(),
    startTestServer({ settings: { 'TI-ERRORS': 'graphql' } }),
  ]);
});
afterAll(() => Promise.all([server.stop(), graphql.stop()]));

describe('credentials', () => {
  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Bearer wrong',
    'Bearer ti-key extra',
    'Basic dGkta2V5Og==',
    'ti-key',
    'Token ti-key',
  ])('TI-CREDENTIALS: %j is 401 with an empty body, and nothing else', async (authorization) => {
    const answer = await post(server, newLicense(), { authorization });
    expect(answer.status).toBe(401);
    expect(answer.text).toBe('');
    expect(ledgerOf(answer)).toContain('TI-CREDENTIALS');
    for (const name of ['content-type', 'www-authenticate', 'x-ratelimit-limit']) {
      expect(answer.headers.get(name)).toBeNull();
    }
  });

  it('TI-CREDENTIALS: the scheme is read in any letter case', async () => {
    const answer = await post(server, newLicense(), { authorization: 'bearer ti-key' });
    expect(answer.status).toBe(200);
  });

  it('are those of the scenario', async () => {
    const own = await startTestServer({
      scenario: 'thought-industries:\n  credentials: [{ token: a }, { token: b }]\n',
    });
    const statuses = [];
    for (const key of ['a', 'b', 'ti-key']) {
      const { status } = await post(own, newLicense(), { authorization: `Bearer ${key}` });
      statuses.push(status);
    }
    expect(statuses).toEqual([200, 200, 401]);
    await own.stop();
  });
});

it('TI-ORDER: credentials, then path, method, media type, JSON, parameters, references', async () => {
  const missing = { authorization: 'Bearer wrong' };
  const at = (path: string, method: string, headers: Record<string, string>, body = '{') =>
    send(server, path, { method, headers, ...(method !== 'GET' && { body }) });
  const json = { ...KEY, 'content-type': 'application/json' };
  const answers = [
    await at('/incoming/v2/nothing', 'PUT', missing),
    await at('/incoming/v2/nothing', 'PUT', KEY),
    await at(PATH, 'PUT', KEY),
    await at(PATH, 'POST', { ...KEY, 'content-type': 'text/plain' }),
    await at(PATH, 'POST', json),
    await at(PATH, 'POST', json, '{"parentLicenseId":"00000000-0000-4000-8000-000000000000"}'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 404, 405, 415, 400, 400]);
});

describe('paths', () => {
  it.each([`${PATH}/`, '/Incoming/V2/LICENSES', '/incoming/v2/%6cicenses'])(
    'TI-PATHS: %s leads to the same place',
    async (path) => {
      const answer = await send(server, path, {
        method: 'POST',
        headers: { ...KEY, 'content-type': 'application/json' },
        body: JSON.stringify(newLicense()),
      });
      expect(answer.status).toBe(200);
      expect(ledgerOf(answer)).toContain('TI-PATHS');
    },
  );

  it.each([
    '/incoming/v2/',
    '/incoming/v2/nothing',
    '/incoming/v2/courses',
    '/incoming/v2/users/1/makeDualRole',
    `${PATH}/1/seats`,
    `${PATH}//`,
  ])('%s is 404', async (path) => {
    const answer = await send(server, path, { headers: KEY });
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({
      error: 'not_found',
      message: 'The requested resource was not found.',
    });
    expect(answer.headers.get('x-ratelimit-limit')).toBe('120');
  });
});

describe('methods', () => {
  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'TI-METHODS: %s is 405 and says what is offered',
    async (method) => {
      const answer = await send(server, PATH, { method, headers: KEY });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('POST');
      expect(answer.body).toEqual({
        error: 'method_not_allowed',
        message: `${method} is not allowed here. Use POST.`,
      });
    },
  );

  it.each(['bulkImport', 'bulkContentAssignment', 'bulkRemoveDualRoleManager'])(
    'TI-METHODS: users/%s, which is not served, is 404 and no id of a user',
    async (name) => {
      for (const method of ['POST', 'PUT', 'GET']) {
        const answer = await send(server, `/incoming/v2/users/${name}`, { method, headers: KEY });
        expect(answer.status).toBe(404);
        expect(answer.body).toEqual({
          error: 'not_found',
          message: 'The requested resource was not found.',
        });
      }
    },
  );

  it('TI-METHODS: HEAD is 405 without a body', async () => {
    const answer = await send(server, PATH, { method: 'HEAD', headers: KEY });
    expect(answer.status).toBe(405);
    expect(answer.text).toBe('');
  });
});

describe('bodies', () => {
  it('TI-MEDIA-TYPE: anything but JSON is 415', async () => {
    const answer = await post(server, 'a=b', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(answer.status).toBe(415);
    expect(answer.body).toEqual({
      error: 'unsupported_media_type',
      message:
        'The media type application/x-www-form-urlencoded is not supported. Send application/json.',
    });
    const none = await sendRaw(
      server.url,
      rawRequest(`POST ${PATH}`, ['Authorization: Bearer ti-key'], '{}'),
    );
    expect(none.status).toBe(415);
    expect(JSON.parse(none.body)).toHaveProperty(
      'message',
      'The request body has no media type. Send application/json.',
    );
  });

  it('TI-EMPTY-BODY: none lacks every required parameter', async () => {
    const answer = await send(server, PATH, { method: 'POST', headers: KEY });
    expect(answer.status).toBe(400);
    expect(answer.body).toHaveProperty(
      'message',
      'clientId is required. courseIds is required. learningPathIds is required. courseTagIds is required. name is required.',
    );
  });

  it.each(['{', '{"name":"x",}', "{'name':'x'}", '\u0000'])('%j is no JSON', async (body) => {
    const answer = await post(server, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      error: 'bad_request',
      message: 'The request body is not valid JSON.',
    });
  });

  it.each(['[]', 'null', '7', '"x"', '[{}]'])('%s is no object', async (body) => {
    const answer = await post(server, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toHaveProperty('message', 'The request body must be a JSON object.');
  });

  it('TI-DEPTH: a deeply nested one is no JSON', async () => {
    const nested = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    const answer = await post(server, nested);
    expect(answer.status).toBe(400);
    expect(ledgerOf(answer)).toContain('TI-DEPTH');
  });

  it('TI-ENCODING: one with bytes that are no UTF-8 is read all the same, with a warning', async () => {
    const text = JSON.stringify(newLicense({ name: '#' }));
    const answer = await send(server, PATH, {
      method: 'POST',
      headers: { ...KEY, 'content-type': 'application/json' },
      body: Buffer.from(text.replace('#', '\u00ff'), 'latin1'),
    });
    expect(answer.status).toBe(200);
    expect(warningsOf(answer)).toBe(2);
    expect(answer.text).toContain('"name":"\uFFFD"');
  });

  it('TI-CONTENT-ENCODING: one that is compressed is no JSON, whatever the header says', async () => {
    const headers = { ...KEY, 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const text = JSON.stringify(newLicense());
    const packed = await send(server, PATH, { method: 'POST', headers, body: gzipSync(text) });
    expect(packed.status).toBe(400);
    expect(packed.body).toHaveProperty('message', 'The request body is not valid JSON.');
    const plain = await send(server, PATH, { method: 'POST', headers, body: text });
    expect(plain.status).toBe(200);
    for (const each of [packed, plain]) expect(ledgerOf(each)).toContain('TI-CONTENT-ENCODING');
    const identity = await post(server, text, { 'content-encoding': 'identity' });
    expect(ledgerOf(identity)).not.toContain('TI-CONTENT-ENCODING');
  });

  it('TI-DUPLICATE-KEYS: of a parameter that is there twice the last one counts', async () => {
    const text = JSON.stringify(newLicense({ name: 'last' }));
    const answer = await post(server, `{"name":7,${text.slice(1)}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toHaveProperty('data.CreateLicense.name', 'last');
    expect(warningsOf(answer)).toBe(1);
  });

  it('TI-TOO-LARGE: one past the limit is 413, whoever asks', async () => {
    const body = JSON.stringify(newLicense({ name: 'x'.repeat(2 * 1024 * 1024) }));
    const answer = await post(server, body, { authorization: undefined });
    expect(answer.status).toBe(413);
    expect(answer.body).toHaveProperty('error', 'payload_too_large');
    expect(answer.headers.get('x-ratelimit-limit')).toBeNull();
    expect(ledgerOf(answer)).toContain('TI-TOO-LARGE');
  });
});

describe('TI-INVALID-STATUS: parameters', () => {
  it.each([
    [{ clientId: 'x' }, 'clientId must be a UUID.'],
    [{ clientId: 'urn:uuid:5b0a6d1f-2c84-4f9b-a3de-70c1e8f49b26' }, 'clientId must be a UUID.'],
    [{ clientId: 7 }, 'clientId must be a UUID.'],
    [{ clientId: null }, 'clientId must be a UUID.'],
    [{ courseIds: null }, 'courseIds must be a list of UUIDs.'],
    [{ courseIds: ['x', 7] }, 'courseIds[0] must be a UUID. courseIds[1] must be a UUID.'],
    [{ courseIds: 'x' }, 'courseIds[0] must be a UUID.'],
    [{ courseIds: 7 }, 'courseIds[0] must be a UUID.'],
    [{ courseIds: {} }, 'courseIds must be a list of UUIDs.'],
    [{ courseIds: { 0: 'x' } }, 'courseIds must be a list of UUIDs.'],
    [{ name: 7 }, 'name must be a string.'],
    [{ name: null }, 'name must be a string.'],
    [{ replaceCourseIds: 'true' }, 'replaceCourseIds must be true or false.'],
    [{ isDefault: 1 }, 'isDefault must be true or false.'],
    [{ seatsLimit: '7' }, 'seatsLimit must be an integer.'],
    [{ seatsLimit: 1.5 }, 'seatsLimit must be an integer.'],
    [{ ref1: 1 }, 'ref1 must be a string.'],
    [{ parentLicenseId: 'x' }, 'parentLicenseId must be a UUID.'],
    [{ expirationDate: 'soon' }, 'expirationDate must be an ISO 8601 timestamp.'],
    [{ expirationDate: '2027-02-29T00:00:00Z' }, 'expirationDate must be an ISO 8601 timestamp.'],
    [
      { expirationDate: '9999-12-31T23:59:59-01:00' },
      'expirationDate must be an ISO 8601 timestamp.',
    ],
    [{ expirationDate: 1893456000 }, 'expirationDate must be an ISO 8601 timestamp.'],
  ])('of the wrong type are 400: %j', async (fields, message) => {
    const answer = await post(server, newLicense(fields));
    expect(answer.body).toEqual({ error: 'bad_request', message });
    expect(answer.status).toBe(400);
  });

  it.each([
    [{ seatsLimit: -1 }, 'seatsLimit must not be negative.'],
    [{ accessDays: -1 }, 'accessDays must not be negative.'],
  ])('TI-INTEGERS: that are negative are 422: %j', async (fields, message) => {
    const answer = await post(server, newLicense(fields));
    expect(answer.status).toBe(422);
    expect(answer.body).toEqual({ error: 'unprocessable_entity', message });
    expect(ledgerOf(answer)).toContain('TI-INTEGERS');
  });

  it.each([2 ** 31, 2 ** 53 + 2, 1e30])(
    'TI-INTEGERS: past 32 bits are 400: %d',
    async (seatsLimit) => {
      const answer = await post(server, newLicense({ seatsLimit }));
      expect(answer.status).toBe(400);
      expect(answer.body).toHaveProperty('message', 'seatsLimit must be a 32-bit integer.');
      expect(ledgerOf(answer)).toContain('TI-INTEGERS');
    },
  );

  it('TI-BLANK-NAME: an empty name is 422, one of spaces is a name', async () => {
    const answer = await post(server, newLicense({ name: '' }));
    expect(answer.status).toBe(422);
    expect(answer.body).toHaveProperty('message', 'name must not be empty.');
    const spaces = await post(server, newLicense({ name: ' ' }));
    expect(spaces.status).toBe(200);
    for (const each of [answer, spaces]) expect(ledgerOf(each)).toContain('TI-BLANK-NAME');
    expect(ledgerOf(await post(server, newLicense()))).not.toContain('TI-BLANK-NAME');
  });

  it('TI-REFUSAL-WORDS: that are wrong are all named, and one of the wrong type makes it 400', async () => {
    const answer = await post(server, { clientId: 'x', courseIds: [], seatsLimit: -1, name: 'n' });
    expect(answer.status).toBe(400);
    const { error, message } = answer.body as { error: string; message: string };
    expect(error).toBe('bad_request');
    expect(message.split(/(?<=\.) /).toSorted()).toEqual([
      'clientId must be a UUID.',
      'courseTagIds is required.',
      'learningPathIds is required.',
      'seatsLimit must not be negative.',
    ]);
    expect(ledgerOf(answer)).toEqual(
      expect.arrayContaining(['TI-REFUSAL-WORDS', 'TI-INVALID-STATUS']),
    );
  });

  it('TI-SCALAR-IDS: an object is no list of one', async () => {
    const answer = await post(server, newLicense({ courseIds: {} }));
    expect(answer.status).toBe(400);
    expect(warningsOf(answer)).toBe(0);
    expect(ledgerOf(answer)).not.toContain('TI-SCALAR-IDS');
  });

  it('that are refused change nothing', async () => {
    const license = newLicense();
    await post(server, { ...license, seatsLimit: -1 });
    expect(warningsOf(await post(server, license))).toBe(1);
  });
});

describe('TI-ERRORS: by graphql', () => {
  it.each([
    ['an invalid request', () => post(graphql, newLicense({ name: undefined, seatsLimit: 'x' }))],
    ['no JSON', () => post(graphql, '{')],
  ])('%s is a 200 with a list of errors', async (_, ask) => {
    const answer = await ask();
    expect(answer.status).toBe(200);
    const { errors } = answer.body as { errors: { message: string }[] };
    expect(Object.keys(answer.body as object)).toEqual(['errors']);
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error).toEqual({ message: expect.any(String) });
  });

  it('every fault is an error of its own', async () => {
    const answer = await post(graphql, newLicense({ name: undefined, seatsLimit: -1 }));
    expect(answer.body).toEqual({
      errors: [{ message: 'name is required.' }, { message: 'seatsLimit must not be negative.' }],
    });
  });

  it('an unknown path and a wrong method keep their status', async () => {
    const lost = await send(graphql, '/incoming/v2/nothing', { headers: KEY });
    expect(lost.status).toBe(404);
    expect(lost.body).toEqual({ errors: [{ message: 'The requested resource was not found.' }] });
    expect((await send(graphql, PATH, { headers: KEY })).status).toBe(405);
  });

  it('missing credentials are as ever, and so is a success', async () => {
    const answer = await post(graphql, newLicense(), { authorization: undefined });
    expect([answer.status, answer.text]).toEqual([401, '']);
    expect((await post(graphql, newLicense())).body).toHaveProperty('data.CreateLicense.id');
  });
});
