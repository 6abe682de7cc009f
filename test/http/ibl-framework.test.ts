/** What comes from the framework rather than from the operations. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIbl, PROGRAM_LICENSES, type Ibl } from '../support/ibl-http.ts';

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
        parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
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

  it('IBL-INDENT: indent their answers where the client asks for it', async () => {
    const answer = await ibl.list('', { headers: { accept: 'application/json; indent=2' } });
    expect(answer.text).toMatch(/^\{\n {2}"count": \d/);
    expect(answer.ledger).toContain('IBL-INDENT');
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
