/** What a server writes of each request, and what it never writes. */
import { readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { readEvents } from '../support/event-stream.ts';
import { testFolder } from '../support/folder.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { startServerProcess } from '../support/process.ts';

type Line = {
  readonly level: number;
  readonly msg: string;
  readonly operation?: string;
  readonly durationMs?: number;
};

const DEBUG = 20;
const INFO = 30;
const ERROR = 50;
const TOKEN = 'secret-of-the-control-api';
const LIST = '/api/catalog/licenses/program/';
const folder = testFolder();

/** The log of a server to which `use` spoke; its own words about its start and stop are left out. */
async function logOf(
  args: readonly string[],
  use: (url: string) => Promise<unknown>,
  limits: { readonly maxFileKb?: number } = {},
): Promise<readonly Line[]> {
  const options = ['--data', 'memory', '--scenario', 'empty', ...args];
  const server = await startServerProcess(options, limits);
  try {
    await use(server.url);
  } finally {
    await server.end('SIGTERM');
  }
  const lines = server.output().stderr.trim().split('\n');
  return lines
    .map((line) => JSON.parse(line) as Line)
    .filter(({ msg }) => !msg.startsWith('Stopping'));
}

/** Sends it with the token unless the headers say otherwise, and reads the answer to its end. */
async function ask(
  url: string,
  call: string,
  body?: object | string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const [method = '', target = ''] = call.split(' ');
  const answer = await fetch(url + target, {
    method,
    headers: {
      authorization: `Bearer ${TOKEN}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  await answer.arrayBuffer();
  return answer;
}

describe('the log of a server', () => {
  const state = { ibl: { credentials: [{ token: 'secret-of-a-state', role: 'dm-admin' }] } };
  const vendor = { authorization: 'Api-Token dm-admin', cookie: 'session=secret-cookie' };
  let answered: Response;
  let lines: readonly Line[];
  beforeAll(async () => {
    lines = await logOf(['--control-token', TOKEN], async (url) => {
      await ask(url, 'PUT /_mock/sandboxes/shop', { clock: '2026-01-01T00:00:00Z' });
      await ask(url, 'PUT /_mock/sandboxes/shop/state', state);
      await ask(url, 'GET /_mock/sandboxes/default/journal?text=secret-search');
      await ask(url, 'GET /_mock/vendors', undefined, { authorization: 'Bearer secret-guess' });
      await ask(url, 'POST /_mock/sandboxes/shop', 'secret: post');
      await ask(url, 'PUT /_mock/sandboxes/broken', '{"secret-body');
      await ask(url, `GET /_mock/${'x'.repeat(300)}?key=secret-key`);
      await ask(url, 'GET /_mock/sandboxes/%zz?key=secret-key');
      await sendRaw(
        url,
        rawRequest(`GET ${url.replace('//', '//user:secret-user@')}/_mock/vendors`, [
          `Authorization: Bearer ${TOKEN}`,
        ]),
      );
      answered = await ask(
        url,
        `POST /_sandbox/shop${LIST}create/?api_key=secret-query`,
        { password: 'secret-password', count: '7' },
        { authorization: 'Api-Token secret-of-a-state' },
      );
      await ask(url, `GET ${LIST}`, undefined, vendor);
      await ask(url, 'GET /nobody-s/path?token=secret-query', undefined, vendor);
      for (const probe of ['health', 'ready', 'metrics']) await ask(url, `GET /_mock/${probe}`);
    });
  });

  it('has one line for each call of the control API and each request to a vendor', () => {
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual(
      [
        'PUT /_mock/sandboxes/shop 201',
        'PUT /_mock/sandboxes/shop/state 200',
        'GET /_mock/sandboxes/default/journal 200',
        'GET /_mock/vendors 401',
        'POST /_mock/sandboxes/shop 405',
        'PUT /_mock/sandboxes/broken 400',
        `GET /_mock/${'x'.repeat(193)} 404`,
        'GET /_mock/sandboxes/%zz 400',
        'GET /_mock/vendors 200',
        `POST /_sandbox/shop${LIST}create/ 400`,
        `GET ${LIST} 200`,
        'GET /nobody-s/path 404',
      ].map((message) => [INFO, message]),
    );
  });

  it('names operation, sandbox, status and duration of a call', () => {
    expect(lines[1]).toEqual({
      level: INFO,
      time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
      operation: 'importState',
      sandbox: 'shop',
      status: 200,
      durationMs: expect.any(Number),
      msg: 'PUT /_mock/sandboxes/shop/state 200',
    });
    expect(lines[3]).toMatchObject({ operation: 'listVendors', status: 401 });
    expect(lines[3]).not.toHaveProperty('sandbox');
    for (const unmatched of [lines[4], lines[6]]) expect(unmatched).not.toHaveProperty('operation');
    for (const { durationMs } of lines) expect(String(durationMs)).toMatch(/^\d+(?:\.\d{1,2})?$/);
  });

  it('names the same of a request to a vendor, with its id and what was tolerated', () => {
    expect(lines[9]).toMatchObject({
      requestId: answered.headers.get('x-mock-request-id'),
      sandbox: 'shop',
      vendor: 'ibl',
      operation: 'createProgramLicense',
      status: 400,
      durationMs: expect.any(Number),
      warnings: expect.arrayContaining([
        expect.stringContaining('password is not a documented field'),
      ]),
    });
  });

  it('has nothing that is secret', () => {
    expect(JSON.stringify(lines)).not.toContain('secret');
  });
});

it('A stream is a line once it ends, a call whose client is gone one that says so', async () => {
  const stream = '/_mock/sandboxes/default/journal/stream';
  const lines = await logOf([], async (url) => {
    const reader = await readEvents(url + stream);
    await ask(url, 'GET /_mock/sandboxes');
    reader.close();
    await sleep(200);
    const { hostname, port } = new URL(url);
    const uploading = connect(Number(port), hostname).on('error', () => {});
    const half = rawRequest('PUT /_mock/sandboxes/half', ['Content-Type: application/json'], '{}');
    uploading.write(half.subarray(0, -1));
    await sleep(200);
    uploading.destroy();
    await sleep(200);
    // The server's stop ends this one.
    await readEvents(url + stream);
  });
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    [INFO, 'GET /_mock/sandboxes 200'],
    [INFO, `GET ${stream} 200`],
    [INFO, 'PUT /_mock/sandboxes/half broken off'],
    [INFO, `GET ${stream} 200`],
  ]);
  expect(lines[1]?.durationMs).toBeGreaterThan(lines[0]?.durationMs ?? Infinity);
});

describe('a fault of ours', () => {
  it('is told with its stack beside the line of its call', async () => {
    const data = path.join(folder, 'damaged');
    const lines = await logOf(['--data', data, '--max-sandboxes', '1'], async (url) => {
      for (const name of ['first', 'second']) await ask(url, `PUT /_mock/sandboxes/${name}`);
      await sleep(200);
      const files = path.join(data, 'license-mock', 'first');
      for (const name of readdirSync(files)) writeFileSync(path.join(files, name), 'no JSON\n');
      await ask(url, 'GET /_mock/sandboxes/first');
    });
    expect(lines.slice(2)).toMatchObject([
      { level: ERROR, err: { stack: expect.stringContaining(data) } },
      { level: INFO, operation: 'getSandbox', sandbox: 'first', status: 500 },
    ]);
  });

  it('that the store has told already is not told again', async () => {
    const data = path.join(folder, 'full');
    const long = { effect: { reply: { status: 200, body: 'x'.repeat(30_000) } } };
    const call = 'POST /_mock/sandboxes/default/overrides';
    const lines = await logOf(['--data', data], (url) => ask(url, call, long), { maxFileKb: 24 });
    expect(lines).toMatchObject([
      { level: ERROR, msg: expect.stringContaining('was not stored') },
      { level: INFO, operation: 'addOverride', status: 500 },
    ]);
  });
});

describe('health, readiness and metrics', () => {
  const probes = (url: string) =>
    Promise.all(
      ['GET /_mock/health', 'HEAD /_mock/ready', 'GET /_mock/metrics'].map((call) =>
        ask(url, call, undefined, { authorization: 'Bearer wrong' }),
      ),
    );

  it('are lines at the level debug', async () => {
    const lines = await logOf(['--log-level', 'debug'], probes);
    expect(lines.map(({ level, operation }) => `${level} ${operation}`).toSorted()).toEqual([
      `${DEBUG} getHealth`,
      `${DEBUG} getMetrics`,
      `${DEBUG} getReadiness`,
    ]);
  });

  it('are none at the level info, but for one that is refused', async () => {
    expect((await logOf([], probes)).map(({ msg }) => msg)).toEqual([]);
    const refused = await logOf(['--control-token', TOKEN], probes);
    expect(refused.map(({ msg }) => msg)).toEqual(['GET /_mock/metrics 401']);
  });
});

describe('a refusal', () => {
  it('is logged with its reasons: fields and rules, credentials, and never a value', async () => {
    const admin = { authorization: 'Api-Token dm-admin' };
    const lines = await logOf([], async (url) => {
      const create = `POST ${LIST}create/`;
      await ask(url, create, {}, { authorization: 'Api-Token secret-guess' });
      await ask(url, create, { count: 'secret-value', extra: 'secret-extra' }, admin);
      await ask(url, create, '{"secret-body', admin);
      await ask(url, 'POST /api/licenses/add', { Name: '' });
      await ask(url, create, { ...license(), started: 'secret-day' }, admin);
      await ask(url, 'POST /incoming/v2/licenses', {}, { authorization: 'Bearer secret-guess' });
      await ask(url, 'POST /incoming/v2/licenses', {}, { authorization: 'Basic secret' });
      await ask(url, 'POST /api/licenses/add', '{"secret-body');
    });
    const told = lines.map((line) => {
      const { refused, why } = line as Line & { refused?: string; why?: readonly string[] };
      return [refused, why];
    });
    expect(told).toEqual([
      ['unauthenticated', ['Invalid token.']],
      [
        'invalid',
        [
          'body.program_key: required',
          'body.name: required',
          'body.started: required',
          'body.count: type',
        ],
      ],
      ['unparsable', ['body: syntax']],
      ['invalid', expect.arrayContaining(['body.Name: NotEmptyValidator'])],
      ['invalid', ['body.started: format']],
      ['unauthenticated', ['The token is not one of the scenario.']],
      [
        'unauthenticated',
        ['There is no token in the header "authorization", with the scheme Bearer.'],
      ],
      ['invalid', ['body: unreadable']],
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });
});

function license() {
  return { platform_key: 'acme', program_key: 'program-v1:a+b+c', name: 'a', count: 1 };
}
