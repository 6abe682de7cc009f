/** What a sandbox was asked: read, followed, verified. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { control, sandboxUrl } from '../support/control-client.ts';
import { readEvents } from '../support/event-stream.ts';
import { createLicense, listLicenses } from '../support/ibl-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const AT = '/sandboxes/seen/journal';
beforeEach(async () => {
  await control(server.url, 'PUT /sandboxes/seen', { clock: '2026-01-01T00:00:00Z' });
});
const url = () => sandboxUrl(server.url, 'seen');
const read = async (query = '') =>
  (await control(server.url, `GET ${AT}${query as ''}`)).body as {
    entries: { id: string }[];
    total: number;
    next: string | null;
  };
const verify = (body: unknown) => control(server.url, `POST ${AT}/verify`, body);

/** Replicas count requests together, but not in the order in which they come. */
const idOf = ({ headers }: Response) => headers.get('x-mock-request-id');

/** Request ids of a create, a refused one, two lists, and one that nobody serves. */
async function play() {
  return [
    idOf(await createLicense(url(), { external_id: 'acme-1' })),
    idOf(await createLicense(url(), { count: 'many' })),
    idOf(await listLicenses(url(), 'name=Spring')),
    idOf(await listLicenses(url())),
    idOf(await fetch(`${url()}/nowhere`)),
  ];
}

describe('the journal', () => {
  let sent: Awaited<ReturnType<typeof play>> = [];
  beforeEach(async () => {
    sent = await play();
  });
  it('has every request with its answer, newest first', async () => {
    const { entries, total, next } = await read();
    expect({ total, next }).toEqual({ total: 5, next: null });
    expect(entries.map(({ id }) => id)).toEqual(sent.toReversed());
    expect(sent.every((id) => /^seen-\d+$/.test(id ?? ''))).toBe(true);
    expect(entries[0]).toMatchObject({ vendor: null, operation: null, kind: 'unmatched' });
    expect(entries.at(-1)).toMatchObject({
      time: '2026-01-01T00:00:00.000Z',
      sandbox: 'seen',
      vendor: 'ibl',
      operation: 'createProgramLicense',
      kind: 'handled',
      status: 200,
      request: { method: 'POST', body: { json: { external_id: 'acme-1' } } },
      response: { status: 200, body: { json: { id: 1 } } },
    });
    expect(entries.at(-1)).not.toHaveProperty('override');
    expect(JSON.stringify(entries)).not.toContain('dm-admin');
  });
  it.each([
    ['?status=400', [1]],
    ['?operation=listProgramLicenses', [3, 2]],
    ['?vendor=ibl&status=200', [3, 2, 0]],
    ['?text=ACME-1', [3, 2, 0]],
    ['?text=NAME=spring', [2]],
    ['?vendor=alice', []],
  ])('is searched by %s', async (query, found) => {
    const { entries, total } = await read(query);
    expect(entries.map(({ id }) => id)).toEqual(found.map((at) => sent[at]));
    expect(total).toBe(found.length);
  });
  it('is read page by page, each entry once', async () => {
    const seen: string[] = [];
    let before = '';
    for (;;) {
      const { entries, next, total } = await read(`?limit=2${before}`);
      expect(total).toBe(5);
      seen.push(...entries.map(({ id }) => id));
      if (next === null) break;
      before = `&before=${next}`;
    }
    expect(seen).toEqual(sent.toReversed());
  });
  it('is emptied', async () => {
    expect((await control(server.url, `DELETE ${AT}`)).status).toBe(204);
    expect(await read()).toEqual({ entries: [], total: 0, next: null });
    const id = idOf(await listLicenses(url()));
    expect((await read()).entries.map((entry) => entry.id)).toEqual([id]);
  });
  it.each([
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['limit=ten', 'limit'],
    ['status=ok', 'status'],
    ['vendor=ibm', 'vendor'],
    ['operation=createProgramLicens', 'operation'],
    ['before=seen-99', 'before'],
    ['limt=5', 'limt'],
    ['limit=5&limit=6', 'limit'],
    ['__proto__=1', '__proto__'],
  ])('is not searched by %s', async (query, parameter) => {
    const answer = await control(server.url, `GET ${AT}?${query}`);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ type: '/_mock/errors/invalid-request', parameter });
    expect(answer.body['errors']).toMatchObject([{ parameter }]);
  });
});

describe('a verification', () => {
  beforeEach(play);
  it.each([
    [{ match: { operation: 'createProgramLicense' }, times: 2 }, 2],
    [{ match: { operation: 'createProgramLicense', status: 200 }, times: 1 }, 1],
    [{ match: { vendor: 'ibl', body: { external_id: 'acme-1' } } }, 1],
    [{ match: { method: 'GET', query: { name: '/^Spr/' } }, atLeast: 1, atMost: 1 }, 1],
    [{ match: { status: 401 }, never: true }, 0],
    [{ match: {} }, 5],
  ])('%j holds', async (expectation, count) => {
    const answer = await verify(expectation);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ held: true, count });
  });
  it('that does not hold says what came nearest, and what differs', async () => {
    const answer = await verify({
      match: { operation: 'createProgramLicense', body: { external_id: 'acme-2' } },
      times: 1,
    });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.body).toMatchObject({
      held: false,
      count: 0,
      expected: expect.stringContaining('exactly 1 request'),
      message: expect.stringContaining('"acme-2"'),
    });
    const [nearest] = answer.body['nearest'] as Record<string, unknown>[];
    expect(nearest?.['differences']).toContainEqual(
      expect.objectContaining({ at: 'body.external_id', expected: 'acme-2' }),
    );
  });
  it.each([
    [{}, '#/match'],
    [{ match: {}, times: -1 }, '#/times'],
    [{ match: {}, times: 1.5 }, '#/times'],
    [{ match: {}, times: 1, never: true }, '#/times'],
    [{ match: {}, times: 1, atLeast: 1 }, '#/times'],
    [{ match: {}, atLeast: 2, atMost: 1 }, '#/atLeast'],
    [{ match: {}, never: false }, '#/never'],
    [{ match: { operation: 'createProgramLicens' }, never: true }, '#/match/operation'],
    [{ match: { vendor: 'ibm' } }, '#/match/vendor'],
    [{ match: { method: 'post' } }, '#/match/method'],
    [{ match: { path: 'api' } }, '#/match/path'],
    [{ match: { query: { name: '/(/' } } }, '#/match/query/name'],
    [{ match: { headers: { a: 1 } } }, '#/match/headers/a'],
    [{ match: { sandbox: 'seen' } }, '#/match/sandbox'],
    [{ match: {}, time: 1 }, '#/time'],
  ])('%j is a problem of %s', async (expectation, pointer) => {
    const answer = await verify(expectation);
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ type: '/_mock/errors/invalid-request', pointer });
  });
});

describe('the stream', () => {
  const at = () => `${server.url}/_mock${AT}/stream`;
  it('gives each entry as it comes, of its sandbox alone', async () => {
    const reader = await readEvents(at());
    expect(reader.response.headers['content-type']).toBe('text/event-stream');
    await listLicenses(server.url);
    const first = idOf(await createLicense(url(), { external_id: 'streamed' }));
    const second = idOf(await listLicenses(url()));
    await reader.waitFor(2);
    expect(reader.events.map(({ event, id }) => [event, id])).toEqual([
      ['entry', first],
      ['entry', second],
    ]);
    const { entries } = await read();
    expect(reader.events.map(({ data }) => data)).toEqual(entries.toReversed());
    reader.close();
  });
  it('gives what was missed first', async () => {
    const sent = await play();
    const reader = await readEvents(at(), { 'last-event-id': sent[2] ?? '' });
    await reader.waitFor(2);
    sent.push(idOf(await listLicenses(url())));
    await reader.waitFor(3);
    expect(reader.events.map(({ id }) => id)).toEqual(sent.slice(3));
    reader.close();
  });
  it('gives all of the journal to a reader that has seen nothing', async () => {
    const sent = await play();
    const reader = await readEvents(at(), { 'last-event-id': '' });
    await reader.waitFor(sent.length);
    expect(reader.events.map(({ id }) => id)).toEqual(sent);
    reader.close();
  });
  it('goes on over a reset, and ends when the sandbox is removed', async () => {
    const reader = await readEvents(at());
    await control(server.url, 'POST /sandboxes/seen/reset');
    const answered = idOf(await listLicenses(url()));
    await reader.waitFor(1);
    await control(server.url, 'DELETE /sandboxes/seen');
    await reader.ended;
    expect(reader.events.map(({ id }) => id)).toEqual([answered]);
  });
  it('drops a reader that does not keep up, and nobody else', async () => {
    const slow = await readEvents(at());
    const quick = await readEvents(at());
    slow.response.pause();
    const big = { metadata: { text: 'x'.repeat(60_000) } };
    for (let i = 0; i < 160; i += 1) await createLicense(url(), big);
    await quick.waitFor(160);
    slow.response.resume();
    await slow.ended;
    expect(slow.events.length).toBeLessThan(160);
    quick.close();
  });
  it('ends when the server stops, and does not hold it up', async () => {
    const other = await startTestServer({ options: { grace: '10s' } });
    const reader = await readEvents(`${other.url}/_mock/sandboxes/default/journal/stream`);
    const started = performance.now();
    await other.stop();
    await reader.ended;
    expect(performance.now() - started).toBeLessThan(900);
  });
  it('has an end for HEAD', async () => {
    const head = await control(server.url, `HEAD ${AT}/stream`);
    expect(head.status).toBe(200);
    expect(head.headers.get('content-type')).toBe('text/event-stream');
  });
  it('leaves nothing behind when the reader goes', async () => {
    const readers = await Promise.all(Array.from({ length: 20 }, () => readEvents(at())));
    for (const reader of readers) reader.close();
    await sleep(50);
    expect((await listLicenses(url())).status).toBe(200);
  });
});
