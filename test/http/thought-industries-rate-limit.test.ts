/** 120 requests a minute and 20 a second: said always, enforced when switched on. */
import { describe, expect, it } from 'vitest';
import { control } from '../support/control-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { KEY, PATH, newLicense, post, send } from '../support/thought-industries-client.ts';
import { openSchool } from '../support/thought-industries-school.ts';

const clock = '2026-11-21T09:30:00Z';
const scenario = `
thought-industries:
  credentials: [{ token: ti-key }, { token: other }]
`;

function limitsOf(headers: Headers) {
  return ['limit', 'remaining', 'reset'].map((name) => headers.get(`x-ratelimit-${name}`));
}

async function sendMany(server: TestServer, count: number) {
  const answers = [];
  for (let sent = 0; sent < count; sent += 1) {
    answers.push(await send(server, PATH, { headers: KEY }));
  }
  return answers;
}

describe('TI-RATE-LIMIT: off', () => {
  it('counts by key, on answers of every kind, and refuses nothing', async () => {
    const server = await startTestServer({ clock, scenario });
    const reset = String(Date.parse(clock) / 1_000 + 60);
    expect(limitsOf((await post(server, newLicense())).headers)).toEqual(['120', '119', reset]);
    expect(limitsOf((await post(server, '{')).headers)).toEqual(['120', '118', reset]);
    const lost = await send(server, '/incoming/v2/nothing', { headers: KEY });
    expect(limitsOf(lost.headers)).toEqual(['120', '117', reset]);
    const other = { authorization: 'Bearer other' };
    expect(limitsOf((await post(server, newLicense(), other)).headers)).toEqual([
      '120',
      '119',
      reset,
    ]);
    const answers = await sendMany(server, 120);
    expect(answers.every(({ status }) => status === 405)).toBe(true);
    expect(limitsOf(answers.at(-1)?.headers ?? new Headers())).toEqual(['120', '0', reset]);
    expect((await post(server, newLicense())).status).toBe(200);
    await server.stop();
  });
});

describe('TI-RATE-LIMIT: on', () => {
  it('TI-RATE-WINDOW: TI-ORDER: refuses the 21st request of a second wherever it goes, and not another key', async () => {
    const server = await startTestServer({ clock, scenario, settings: { 'TI-RATE-LIMIT': 'on' } });
    const answers = await sendMany(server, 20);
    expect(answers.every(({ status }) => status === 405)).toBe(true);
    const refused = await post(server, newLicense());
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.body).toEqual({
      error: 'rate_limit_exceeded',
      message: 'Request rate limit reached. Retry after 1 seconds.',
      retryAfter: 1,
    });
    expect(limitsOf(refused.headers).slice(0, 2)).toEqual(['120', '99']);
    expect((await send(server, '/incoming/v2/nothing', { headers: KEY })).status).toBe(429);
    const other = { authorization: 'Bearer other' };
    expect((await post(server, newLicense(), other)).status).toBe(200);
    expect((await post(server, newLicense(), { authorization: 'Bearer x' })).status).toBe(401);
    await server.stop();
  });

  it('answers as documented whatever TI-ERRORS says', async () => {
    const settings = { 'TI-RATE-LIMIT': 'on', 'TI-ERRORS': 'graphql' };
    const server = await startTestServer({ clock, settings });
    await sendMany(server, 20);
    const refused = await post(server, newLicense());
    expect(refused.status).toBe(429);
    expect(refused.body).toHaveProperty('retryAfter', 1);
    await server.stop();
  });

  it('counts calls that create or update users beside all calls', async () => {
    const server = await startTestServer({ clock, settings: { 'TI-RATE-LIMIT': 'on' } });
    const { call } = openSchool(() => server);
    const statuses: number[] = [];
    for (let sent = 0; sent < 61; sent += 1) {
      if (sent % 20 === 0) await advance(server, 'PT1S');
      const path = sent % 2 === 0 ? 'users' : 'users/ada@example.com';
      const body = { email: 'ada@example.com', upsert: true };
      statuses.push((await call(sent % 2 === 0 ? 'POST' : 'PUT', path, body)).status);
    }
    expect(statuses.slice(0, 60).every((status) => status === 200)).toBe(true);
    expect(statuses[60]).toBe(429);
    expect((await call('GET', 'users')).status).toBe(200);
    await server.stop();
  });
});

/** Also on a running server, where the test has a sandbox of its own. */
async function advance({ url }: TestServer, by: string): Promise<void> {
  const [base = '', sandbox = 'default'] = url.split('/_sandbox/');
  const authorization = `Bearer ${process.env['LICENSE_MOCK_TEST_TOKEN'] ?? ''}`;
  const call = `POST /sandboxes/${sandbox}/clock/advance` as const;
  expect((await control(base, call, { by }, { authorization })).status).toBe(200);
}
