/** The clock, and what follows it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { control, sandboxUrl } from '../support/control-client.ts';
import { createLicense, listLicenses } from '../support/ibl-client.ts';
import { jsonOf } from '../support/json.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const AT = '/sandboxes/timed/clock';
beforeEach(async () => {
  await control(server.url, 'PUT /sandboxes/timed', { clock: '2026-01-31T12:00:00Z' });
});
const set = (body: object) => control(server.url, `PUT ${AT}`, body);
const advance = (by: string) => control(server.url, `POST ${AT}/advance`, { by });
const shown = async () => (await control(server.url, `GET ${AT}`)).body as Record<string, string>;
const msOf = (clock: Readonly<Record<string, unknown>>) => Date.parse(String(clock['now']));

describe('a clock that stands', () => {
  it('shows its moment', async () => {
    expect(await shown()).toEqual({ mode: 'frozen', now: '2026-01-31T12:00:00.000Z' });
  });
  it.each([
    ['P1M', '2026-02-28T12:00:00.000Z'],
    ['P1Y', '2027-01-31T12:00:00.000Z'],
    ['-P2M', '2025-11-30T12:00:00.000Z'],
    ['P1W', '2026-02-07T12:00:00.000Z'],
    ['PT36H', '2026-02-02T00:00:00.000Z'],
    ['-PT0.001S', '2026-01-31T11:59:59.999Z'],
    ['P1Y2M3DT4H5M6S', '2027-04-03T16:05:06.000Z'],
  ])('is moved by %s to %s', async (by, now) => {
    expect((await advance(by)).body).toEqual({ mode: 'frozen', now });
    expect(await shown()).toEqual({ mode: 'frozen', now });
  });
  it('goes on from its moment', async () => {
    const { status, body } = await set({ mode: 'running' });
    expect(status).toBe(200);
    expect(body).toEqual({ mode: 'running', now: '2026-01-31T12:00:00.000Z' });
    const later = await shown();
    expect(later['mode']).toBe('running');
    expect(msOf(later)).toBeGreaterThanOrEqual(msOf(body));
    expect(msOf(later)).toBeLessThan(msOf(body) + 60_000);
  });
});

describe('a clock that runs', () => {
  it('runs from a moment, and is advanced as it runs', async () => {
    await set({ mode: 'running', now: '2030-06-01T00:00:00Z' });
    const { body } = await advance('P1M');
    expect(body['mode']).toBe('running');
    expect(String(body['now'])).toMatch(/^2030-07-01T00:0/);
  });
  it('is stopped where it is', async () => {
    await set({ mode: 'running', now: '2030-06-01T00:00:00Z' });
    const { body } = await set({ mode: 'frozen' });
    expect(String(body['now'])).toMatch(/^2030-06-01T00:0/);
    expect(await shown()).toEqual(body);
  });
  it('is set beside what it shows', async () => {
    await set({ mode: 'frozen', now: '2026-05-05T05:05:05Z' });
    const { body } = await set({ mode: 'frozen', now: 'now+1y1d' });
    expect(body['now']).toBe('2027-05-06T05:05:05.000Z');
  });
  it('goes back to real time', async () => {
    const { body } = await control(server.url, `DELETE ${AT}`);
    expect(body['mode']).toBe('running');
    expect(Math.abs(msOf(body) - Date.now())).toBeLessThan(60_000);
  });
});

it.each([
  [`PUT ${AT}`, { mode: 'stopped' }, '#/mode'],
  [`PUT ${AT}`, {}, '#/mode'],
  [`PUT ${AT}`, { mode: 'frozen', now: 'tomorrow' }, '#/now'],
  [`PUT ${AT}`, { mode: 'frozen', now: '1969-12-31' }, '#/now'],
  [`PUT ${AT}`, { mode: 'frozen', now: '2026-02-30T00:00:00' }, '#/now'],
  [`PUT ${AT}`, { mode: 'frozen', now: 5 }, '#/now'],
  [`PUT ${AT}`, { mode: 'frozen', at: '2026-01-01' }, '#/at'],
  [`POST ${AT}/advance`, {}, '#/by'],
  [`POST ${AT}/advance`, { by: '1 month' }, '#/by'],
  [`POST ${AT}/advance`, { by: 'P' }, '#/by'],
  [`POST ${AT}/advance`, { by: 'P1M2' }, '#/by'],
  [`POST ${AT}/advance`, { by: 'P9000Y' }, '#/by'],
  [`POST ${AT}/advance`, { by: '-P100Y' }, '#/by'],
] as const)('%s %j is a problem of %s, and moves nothing', async (call, body, pointer) => {
  const answer = await control(server.url, call, body);
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ type: '/_mock/errors/invalid-request', pointer });
  expect(await shown()).toEqual({ mode: 'frozen', now: '2026-01-31T12:00:00.000Z' });
});

it('a body is needed', async () => {
  for (const call of [`PUT ${AT}`, `POST ${AT}/advance`] as const) {
    expect((await control(server.url, call)).body).toMatchObject({ status: 422, pointer: '#' });
  }
});

it('moves nothing in another sandbox', async () => {
  await control(server.url, 'PUT /sandboxes/other', { clock: '2026-01-01T00:00:00Z' });
  await advance('P1Y');
  expect((await control(server.url, 'GET /sandboxes/other/clock')).body).toEqual({
    mode: 'frozen',
    now: '2026-01-01T00:00:00.000Z',
  });
});

it('is what everything that has a time follows', async () => {
  const url = sandboxUrl(server.url, 'timed');
  await advance('P1D');
  const answer = await createLicense(url, { started: '2026-01-01T00:00:00Z' });
  expect(answer.headers.get('date')).toBe('Sun, 01 Feb 2026 12:00:00 GMT');
  expect(await jsonOf(answer)).toMatchObject({
    created: expect.stringMatching(/^2026-02-01T12:00:00/),
  });
  await advance('-P1M');
  const list = await listLicenses(url);
  expect(list.headers.get('date')).toBe('Thu, 01 Jan 2026 12:00:00 GMT');
  const { body } = await control(server.url, 'GET /sandboxes/timed/journal');
  expect(body['entries']).toMatchObject([
    { time: '2026-01-01T12:00:00.000Z' },
    { time: '2026-02-01T12:00:00.000Z' },
  ]);
});
