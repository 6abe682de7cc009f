/**
 * What a client that takes too much is told, and that the others go on. Limits of one topic of the control API are
 * tested with it: imported state, snapshots and overrides in test/control.
 */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen, type Listening } from '../../src/listen.ts';
import { control, sandboxUrl } from '../support/control-client.ts';
import { testFolder } from '../support/folder.ts';
import { listLicenses } from '../support/ibl-client.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const limits = { maxConnections: 3, headersTimeoutMs: 300, requestTimeoutMs: 600 };
const anywhere = { host: '127.0.0.1', port: 0 };
const answerFine: RequestListener = (incoming, response) => {
  incoming.resume();
  incoming.on('end', () => response.end('fine'));
};
let listening: Listening;

beforeAll(async () => {
  listening = await listen(answerFine, { ...anywhere, ...limits }, () => {});
});
afterAll(() => listening.stop(0));

/** A problem document of ours that says so. */
function problem(code: string, detail: string): object {
  return { type: `/_mock/errors/${code}`, detail: expect.stringContaining(detail) };
}

/** Everything that the server said until it closed. */
async function readAll(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => void (text += String(chunk)));
  await once(socket, 'close');
  return text;
}

async function open(url = listening.url): Promise<Socket> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((each) =>
    each?.some(({ address }) => address === '::1'),
  );
}

function bodyOf(answer: string): unknown {
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
}

it('cuts off a client that sends its headers drop by drop, and says why', async () => {
  const socket = await open();
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n');
  const drops = setInterval(() => socket.write('X-A: b\r\n'), 50);
  const text = await readAll(socket);
  clearInterval(drops);
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
  expect(bodyOf(text)).toMatchObject(problem('request-timeout', 'Send it faster.'));
});

it('cuts off a client that sends its body drop by drop', async () => {
  const socket = await open();
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n');
  const drops = setInterval(() => socket.write('x'), 50);
  const text = await readAll(socket);
  clearInterval(drops);
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
  expect(bodyOf(text)).toMatchObject(problem('request-timeout', '600 ms for the whole request'));
});

it.each([
  ['a header', 'GET /', [`X-A: ${'a'.repeat(20_000)}`]],
  ['a URL', `GET /${'a'.repeat(20_000)}`, []],
])('refuses %s that is too large', async (_, line, headers) => {
  const large = await sendRaw(listening.url, rawRequest(line, headers));
  expect(large.status).toBe(431);
  expect(JSON.parse(large.body)).toMatchObject(problem('headers-too-large', '16384 bytes'));
  const small = await sendRaw(listening.url, rawRequest('GET /', [`X-A: ${'a'.repeat(16_000)}`]));
  expect(small.status).toBe(200);
});

it('refuses bytes that are no HTTP', async () => {
  const noise = await sendRaw(listening.url, 'Hello?\r\n\r\n');
  expect(noise.status).toBe(400);
  expect(JSON.parse(noise.body)).toMatchObject(
    problem('bad-request', 'This is not an HTTP request'),
  );
});

it('keeps an idle connection for longer than the usual proxy', async () => {
  const answer = await fetch(listening.url);
  expect(answer.headers.get('keep-alive')).toBe('timeout=65');
});

describe('the connection beyond the limit', () => {
  let patient: Listening;
  beforeAll(async () => {
    patient = await listen(answerFine, { ...anywhere, maxConnections: 3 }, () => {});
  });
  afterAll(() => patient.stop(0));

  it('is told so; the others go on', async () => {
    const held = await Promise.all([1, 2, 3].map(() => open(patient.url)));
    const fourth = await sendRaw(patient.url, rawRequest('GET /', []));
    expect(fourth.status).toBe(503);
    expect(JSON.parse(fourth.body)).toMatchObject(
      problem('too-many-connections', 'the limit of --max-connections. Close some'),
    );
    const [first, ...others] = held;
    first?.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    expect(first && (await readAll(first))).toContain('fine');
    for (const socket of others) socket.destroy();
  });

  it('is closed without a word where a hundred more wait to be told', async () => {
    const held = await Promise.all(Array.from({ length: 103 }, () => open(patient.url)));
    expect(await readAll(await open(patient.url))).toBe('');
    for (const socket of held) socket.destroy();
  });
});

describe('a body', () => {
  const specs = testFolder();
  const limitBytes = 1024;
  const json = { 'content-type': 'application/json' };
  let server: TestServer;
  beforeAll(async () => {
    writeFileSync(
      path.join(specs, 'notes.yaml'),
      'openapi: 3.1.0\ninfo: { title: Notes, version: "1" }\npaths:\n  /notes:\n    post:\n      operationId: addNote\n      requestBody: { content: { application/json: { schema: { type: object } } } }\n      responses:\n        "204": { description: added }\n',
    );
    server = await startTestServer({ options: { 'body-limit': `${limitBytes}b`, specs } });
  });
  afterAll(() => server.stop());

  /** `{}` with so many spaces that it has this length. */
  const send = async (to: string, lengthBytes: number) => {
    const body = Buffer.alloc(lengthBytes, ' ');
    body.write('{}');
    const answer = await fetch(server.url + to, { method: 'POST', headers: json, body });
    return { status: answer.status, text: await answer.text() };
  };

  it.each([
    ['a vendor', '/api/licenses/add', 200],
    ['a spec without a vendor folder', '/notes', 204],
    ['the control API', '/_mock/sandboxes/default/overrides', 422],
  ])('for %s may be as long as --body-limit, and not longer', async (_, to, status) => {
    expect((await send(to, limitBytes)).status).toBe(status);
    expect((await send(to, limitBytes + 1)).status).toBe(413);
  });

  it.each(['/notes', '/_mock/sandboxes/default/overrides'])(
    'that is too long for %s is answered with the name of the option',
    async (to) => {
      const { text } = await send(to, limitBytes + 1);
      expect(JSON.parse(text)).toMatchObject({
        status: 413,
        detail: expect.stringContaining('the limit that --body-limit sets'),
      });
    },
  );

  it('is answered however long it is', async () => {
    const { status, text } = await send('/api/licenses/add', 70 * 1024 * 1024);
    expect(status).toBe(413);
    expect(JSON.parse(text)).toEqual({ Message: 'The request entity is too large.' });
  });
});

it('refuses a request that would make one sandbox too many; the default one is always there', async () => {
  const server = await startTestServer({ options: { 'max-sandboxes': '2' } });
  expect((await listLicenses(sandboxUrl(server.url, 'a'))).status).toBe(200);
  const full = await listLicenses(sandboxUrl(server.url, 'b'));
  expect(full.status).toBe(507);
  expect(await full.json()).toMatchObject(
    problem('too-many-sandboxes', 'Remove some, raise the limit'),
  );
  await control(server.url, 'DELETE /sandboxes/default');
  expect((await listLicenses(sandboxUrl(server.url, 'b'))).status).toBe(200);
  expect((await control(server.url, 'GET /sandboxes/default')).status).toBe(200);
  await server.stop();
});

it.each([
  ['2', 2, 1],
  ['0', 0, 3],
])(
  '--journal-size %s keeps the newest, and says that others are gone',
  async (size, kept, gone) => {
    const server = await startTestServer({ options: { 'journal-size': size } });
    for (const name of ['one', 'two', 'three']) await fetch(`${server.url}/${name}`);
    const journal = await control(server.url, 'GET /sandboxes/default/journal');
    const entries = journal.body['entries'] as { request: { url: string } }[];
    expect(entries.map(({ request }) => request.url)).toEqual(['/three', '/two'].slice(0, kept));
    const never = { match: { path: '/one' }, times: 0 };
    const verified = await control(server.url, 'POST /sandboxes/default/journal/verify', never);
    expect(verified).toMatchObject({ status: 422, body: { held: false } });
    expect(verified.body['message']).toMatch(`has dropped ${gone} request`);
    expect(verified.body['message']).toContain('make it larger (--journal-size)');
    await server.stop();
  },
);

it('answers a request whose connection was open when a stop began', async () => {
  let accepted: () => void = () => {};
  const stopping = await listen(answerFine, { ...anywhere, maxConnections: 3 }, () => accepted());
  const socket = await open(stopping.url);
  // The stop begins before the request has arrived.
  accepted = () =>
    void socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  const answer = readAll(socket);
  await stopping.stop(5_000);
  expect(await answer).toContain('fine');
});

it.each(['127.0.0.1', 'localhost'])(
  'answers on %s the connections that nobody has accepted yet when a stop begins',
  async (host) => {
    const stopping = await listen(answerFine, { host, port: 0, maxConnections: 100 }, () => {});
    const { port } = new URL(stopping.url);
    const addresses = host === 'localhost' && hasIpv6() ? ['127.0.0.1', '::1'] : ['127.0.0.1'];
    const answers = addresses.flatMap((address) =>
      Array.from({ length: 20 }, () => {
        const socket = connect(Number(port), address);
        socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
        return readAll(socket);
      }),
    );
    const settled = Promise.allSettled(answers);
    // Now the system has connected them, and Node's loop has not turned.
    await promisify(process.nextTick)();
    await stopping.stop(5_000);
    const value: unknown = expect.stringContaining('fine');
    expect(await settled).toEqual(answers.map(() => ({ status: 'fulfilled', value })));
  },
);
