/** What comes from the framework rather than from the operations. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GOOD, openIbl, PROGRAM_LICENSES, type Ibl } from '../support/ibl-http.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';

const create = `${PROGRAM_LICENSES}create/`;

let ibl: Ibl;
beforeAll(async () => {
  ibl = await openIbl();
});
afterAll(() => ibl.stop());

describe('the order of refusals', () => {
  const bad = {
    accept: 'application/xml',
    authorization: 'Bearer x',
    'content-type': 'text/plain',
  };
  const good = {
    accept: '*/*',
    authorization: 'Api-Token dm-admin',
    'content-type': 'application/json',
  };
  it.each([
    [bad, 'PUT', 406],
    [{ ...bad, accept: good.accept }, 'PUT', 401],
    [{ ...bad, accept: good.accept, authorization: 'Api-Token platform-admin' }, 'PUT', 403],
    [{ ...good, 'content-type': 'text/plain' }, 'PUT', 405],
    [{ ...good, 'content-type': 'text/plain' }, 'POST', 415],
    [good, 'POST', 400],
  ])('%o %s: %d', async (headers, method, status) => {
    const answer = await ibl.ask(create, { method, headers, body: '{' });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('allow')).toBe('POST, OPTIONS');
    expect(answer.headers.get('vary')).toContain('Accept');
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Api-Token' : null);
  });
});

describe('the body', () => {
  const send = (body: string, type = 'application/json') =>
    ibl.ask(create, { body, headers: { 'content-type': type } });

  it.each([
    ['{"name": }', 'Expecting value: line 1 column 10 (char 9)'],
    ["{'name': 1}", 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
    ['{"é😀": "\n"}', 'Invalid control character at: line 1 column 9 (char 8)'],
    ['NaN', "Out of range float values are not JSON compliant: 'NaN'"],
  ])('%j is refused in the words of Python', async (body, words) => {
    expect(await send(body)).toMatchObject({
      status: 400,
      body: { detail: `JSON parse error - ${words}` },
    });
  });

  it('IBL-CHARSET: is decoded by its charset', async () => {
    const text = JSON.stringify({ ...GOOD, name: 'é' });
    expect((await send(text, 'application/json; charset=UTF-8')).body['name']).toBe('é');
    expect((await send(text, 'application/json; charset=latin-1')).body['name']).toBe('Ã©');
    expect((await send(text, 'application/json; charset=nope')).body['name']).toBe('é');
    expect((await send(text, 'application/json; charset=us-ascii')).body['detail']).toContain(
      "'ascii' codec can't decode byte 0xc3",
    );
  });

  it('IBL-JSON-DEPTH: nests up to 500 levels', async () => {
    const nested = (depth: number) =>
      JSON.stringify({ ...GOOD, metadata: {} }).replace(
        '{}',
        `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`,
      );
    expect((await send(nested(498))).status).toBe(200);
    expect(await send(nested(499))).toMatchObject({
      status: 400,
      body: {
        detail:
          'JSON parse error - maximum recursion depth exceeded while decoding a JSON array from a unicode string',
      },
    });
  });

  it('IBL-MULTIPART: in parts is refused', async () => {
    const type = 'multipart/form-data; boundary=x';
    const answer = await send('--x--', type);
    expect(answer).toMatchObject({
      status: 415,
      body: { detail: `Unsupported media type "${type}" in request.` },
    });
    expect(answer.ledger).toContain('IBL-MULTIPART');
  });

  it('IBL-FORM-FIELDS: as a form writes no dictionary, and null as nothing', async () => {
    const { body } = await ibl.create({
      metadata: { kept: true },
      expired: '2027-01-01T00:00:00Z',
    });
    const form = `license_id=${String(body['id'])}&metadata=x&expired=&name=`;
    const type = 'application/x-www-form-urlencoded';
    const answer = await ibl.ask(`${PROGRAM_LICENSES}update/`, {
      body: form,
      headers: { 'content-type': type },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { metadata: { kept: true }, expired: null, active: true, name: GOOD.name },
    });
  });

  it('IBL-TOO-MANY-FIELDS: of a form, like a query, is bounded', async () => {
    const many = 'a=1&'.repeat(1001);
    const form = await send(many, 'application/x-www-form-urlencoded');
    const query = await ibl.list(many);
    for (const answer of [form, query]) {
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toBe('text/html');
      expect(answer.text).toContain('<h1>Bad Request (400)</h1>');
      expect(answer.ledger).toContain('IBL-TOO-MANY-FIELDS');
    }
  });

  it('without a type is refused, unless it is empty', async () => {
    const lines = ['Authorization: Api-Token dm-admin'];
    const full = await sendRaw(ibl.url, rawRequest(`POST ${create}`, lines, '{}'));
    expect(JSON.parse(full.body)).toEqual({ detail: 'Unsupported media type "" in request.' });
    const empty = await sendRaw(ibl.url, rawRequest(`POST ${create}`, lines));
    expect(JSON.parse(empty.body)).toHaveProperty('program_key');
  });
});

describe('tolerance', () => {
  const loose = { count: ' 7.0 ', name: ' a ', active: 'yes', started: '2026-01-01 00:00' };

  it('IBL-COERCIONS: in profile wire reads other types, with one warning each', async () => {
    const answer = await ibl.create({ ...loose, source: 5 });
    expect(answer).toMatchObject({
      status: 200,
      body: { count: 7, name: 'a', active: true, started: '2026-01-01T00:00:00Z', source: '5' },
    });
    expect(answer.ledger).toContain('IBL-COERCIONS');
  });

  it('IBL-UNKNOWN-FIELDS: in profile wire ignores them, with one warning each', async () => {
    await ibl.create();
    const answer = await ibl.create({ colour: 'red', usage_count: 9 });
    expect(answer).toMatchObject({ status: 200, warnings: 2, body: { usage_count: 0 } });
    expect(answer.body).not.toHaveProperty('colour');
    expect(answer.ledger).toContain('IBL-UNKNOWN-FIELDS');
  });

  it('IBL-COERCIONS IBL-UNKNOWN-FIELDS: in profile strict each is the error of its field', async () => {
    const strict = await openIbl({ profile: 'strict' });
    const { status, body } = await strict.create({
      ...loose,
      source: 5,
      colour: 'red',
      metadata: 1,
    });
    expect(status).toBe(400);
    expect(Object.keys(body)).toEqual([
      'name',
      'count',
      'started',
      'active',
      'metadata',
      'source',
      'colour',
    ]);
    expect(body).toMatchObject({
      count: ['A valid integer is required.'],
      active: ['Must be a valid boolean.'],
      source: ['Not a valid string.'],
    });
    expect((await strict.list('page=%202')).body).toEqual({
      page: ['A valid integer is required.'],
    });
    expect((await strict.list()).body['count']).toBe(0);
    await strict.stop();
  });
});

describe('paths', () => {
  it.each(['POST', 'GET', 'DELETE', 'OPTIONS'])(
    'IBL-TRAILING-SLASH: %s without the slash is sent to it, the query kept',
    async (method) => {
      const answer = await ibl.ask(`${create.slice(0, -1)}?a=1&b=%20`, {
        method,
        token: 'nobody',
        headers: { accept: 'text/html' },
      });
      expect(answer).toMatchObject({ status: 301, text: '', ledger: ['IBL-TRAILING-SLASH'] });
      expect(answer.headers.get('location')).toBe(`${create}?a=1&b=%20`);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('allow')).toBeNull();
    },
  );

  it('keep what stands before them', async () => {
    const answer = await ibl.ask(`/_sandbox/a/dm${PROGRAM_LICENSES.slice(0, -1)}`);
    expect(answer.headers.get('location')).toBe(`/_sandbox/a/dm${PROGRAM_LICENSES}`);
    await ibl.create({}, { headers: { 'x-mock-sandbox': 'b' } });
    await ibl.create({}, { headers: { 'x-mock-sandbox': 'b' } });
    const page = await ibl.ask(`/_sandbox/b/dm${PROGRAM_LICENSES}?page_size=1`);
    expect(page.body['next_page']).toBe(
      `${ibl.url}/_sandbox/b/dm${PROGRAM_LICENSES}?page=2&page_size=1`,
    );
  });

  it.each([`${create}x/`, `${create}/`, '/api/catalog/', '/api/catalog/licenses/PROGRAM/'])(
    '%s is an HTML 404',
    async (path) => {
      const answer = await ibl.ask(path, { token: 'nobody' });
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toBe('text/html');
      expect(answer.text).toContain('<h1>Not Found</h1>');
    },
  );

  it('IBL-OPTIONS: describe themselves to who may use them', async () => {
    const answer = await ibl.ask(create, { method: 'OPTIONS' });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        name: 'Program License Create',
        description: 'Create a program license',
        renders: ['application/json'],
        parses: ['application/json', 'application/x-www-form-urlencoded'],
      },
    });
    expect(Object.keys(answer.body)).toEqual(['name', 'description', 'renders', 'parses']);
    expect(answer.headers.get('allow')).toBe('POST, OPTIONS');
    const list = await ibl.ask(PROGRAM_LICENSES, { method: 'OPTIONS', token: 'platform-admin' });
    expect(list.body['name']).toBe('Program License');
    expect((await ibl.ask(create, { method: 'OPTIONS', token: 'platform-admin' })).status).toBe(
      403,
    );
    expect((await ibl.ask(create, { method: 'OPTIONS', token: 'nobody' })).status).toBe(401);
  });

  it('answer HEAD where they answer GET', async () => {
    expect(await ibl.list('', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    expect((await ibl.ask(create, { method: 'HEAD' })).status).toBe(405);
  });
});

describe('what only happens when it is asked for', () => {
  it('IBL-PROXY-PAGES: a body that is too large, before anything is looked at', async () => {
    const answer = await ibl.ask(create, { body: 'x'.repeat(1_100_000), token: 'nobody' });
    expect(answer.status).toBe(413);
    expect(answer.headers.get('content-type')).toBe('text/html');
    expect(answer.text).toContain('<center><h1>413 Request Entity Too Large</h1></center>');
    expect(answer.headers.get('allow')).toBeNull();
  });

  it('IBL-SERVER-ERROR: a failure of the view', async () => {
    const answer = await ibl.create({}, { headers: { prefer: 'code=500' } });
    expect(answer).toMatchObject({ status: 500, body: { error: 'An unexpected error occurred.' } });
  });

  it('IBL-THROTTLE: too many requests', async () => {
    const asked = Array.from({ length: 60 }, () => ibl.list('page_size=1'));
    expect((await Promise.all(asked)).every(({ status }) => status === 200)).toBe(true);
    const answer = await ibl.list('', { headers: { prefer: 'code=429' } });
    expect(answer).toMatchObject({
      status: 429,
      body: { detail: 'Request was throttled. Expected available in 32 seconds.' },
    });
    expect(answer.headers.get('retry-after')).toBe('32');
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  });

  it.each([400, 401, 403, 404, 405, 406, 413, 415, 429, 500, 503])(
    'Prefer: code=%d on an update is in the form of the vendor',
    async (code) => {
      const answer = await ibl.update({ license_id: 1 }, { headers: { prefer: `code=${code}` } });
      expect(answer.status).toBe(code);
      const type = answer.headers.get('content-type');
      expect(type).toBe([413, 503].includes(code) ? 'text/html' : 'application/json');
    },
  );
});
