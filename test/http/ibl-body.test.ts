/** How the framework reads a body, and what it lets pass. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GOOD, openIbl, PROGRAM_LICENSES, type Ibl } from '../support/ibl-http.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';

const create = `${PROGRAM_LICENSES}create/`;

let ibl: Ibl;
beforeAll(async () => {
  ibl = await openIbl();
});
afterAll(() => ibl.stop());

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

  it.each([
    ['null', 'No data provided'],
    ['false', 'Invalid data. Expected a dictionary, but got bool.'],
    ['0', 'Invalid data. Expected a dictionary, but got int.'],
    ['""', 'Invalid data. Expected a dictionary, but got str.'],
    ['[{}]', 'Invalid data. Expected a dictionary, but got list.'],
  ])('that is %s is refused as a whole', async (body, sentence) => {
    const refused = { status: 400, body: { non_field_errors: [sentence] } };
    expect(await send(body)).toMatchObject(refused);
    expect(await ibl.ask(`${PROGRAM_LICENSES}update/`, { body })).toMatchObject(refused);
  });

  it('IBL-CHARSET: is decoded by its charset', async () => {
    const text = JSON.stringify({ ...GOOD, name: 'é' });
    const utf8 = await send(text, 'application/json; charset=UTF-8');
    expect(utf8.body['name']).toBe('é');
    expect(utf8.ledger).not.toContain('IBL-CHARSET');
    expect((await send(text, 'application/json; charset=latin-1')).body['name']).toBe('Ã©');
    expect((await send(text, 'application/json; charset=nope')).body['name']).toBe('é');
    const ascii = await send(text, 'application/json; charset=us-ascii');
    expect(ascii.body['detail']).toContain("'ascii' codec can't decode byte 0xc3");
    expect(ascii.ledger).toEqual(['IBL-CHARSET']);
  });

  it('IBL-JSON-DEPTH: nests up to 960 levels', async () => {
    const nested = (depth: number) =>
      JSON.stringify({ ...GOOD, metadata: {} }).replace(
        '{}',
        `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`,
      );
    expect((await send(nested(958))).status).toBe(200);
    const deeper = await send(nested(959));
    expect(deeper.status).toBe(500);
    expect(deeper.ledger).toEqual(['IBL-JSON-DEPTH', 'IBL-SERVER-ERROR']);
  });

  it('IBL-MULTIPART: in parts is read as a form', async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(GOOD)) form.append(name, String(value));
    form.append('source', new Blob(['crm']), 'source.txt');
    const inParts = new Response(form);
    const type = inParts.headers.get('content-type') ?? '';
    const text = await inParts.text();
    const withFile = await send(text, type);
    expect(withFile).toMatchObject({ status: 400, body: { source: ['Not a valid string.'] } });
    const answer = await send(text.replace(/; filename="[^"]*"/, ''), type);
    expect(answer).toMatchObject({ status: 200, body: { name: GOOD.name, source: 'crm' } });
    expect(answer.ledger).toEqual(expect.arrayContaining(['IBL-MULTIPART', 'IBL-FORM-FIELDS']));
    expect(await send(text, 'multipart/form-data')).toMatchObject({
      status: 400,
      body: { detail: 'Multipart form parse error - Invalid boundary in multipart: None' },
    });
  });

  it('IBL-FORM-FIELDS: as a form empties each dictionary, and writes null as nothing', async () => {
    const { body } = await ibl.create({
      metadata: { kept: false },
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
      warnings: 1,
      body: { metadata: {}, expired: null, active: true, name: GOOD.name },
    });
    expect(answer.ledger).toContain('IBL-FORM-FIELDS');
  });

  it('IBL-FORM-FIELDS: as a form that leaves a boolean out keeps its default', async () => {
    const type = 'application/x-www-form-urlencoded';
    const form = (more = '') =>
      new URLSearchParams({ ...GOOD, count: '3' }).toString().concat(more);
    const without = await send(form(), type);
    expect(without).toMatchObject({ status: 200, warnings: 0, body: { active: true } });
    const off = await send(form('&active=false'), type);
    expect(off).toMatchObject({ status: 200, body: { active: false } });
  });

  it('IBL-FORM-FIELDS: as a form with a dictionary is refused in profile strict', async () => {
    const strict = await openIbl({ profile: 'strict' });
    const body = new URLSearchParams({ license_id: '1', metadata: '{"a":1}' }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await strict.ask(`${PROGRAM_LICENSES}update/`, { body, headers });
    expect(answer.status).toBe(400);
    expect(String(answer.body['metadata'])).toContain('Send JSON instead');
    await strict.stop();
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
