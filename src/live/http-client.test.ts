import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHttpClient, type LiveRequest } from './http-client.ts';

const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const cut: string[] = [];

const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/pieces': (response) => {
    response.writeHead(200, [
      ['Link', 'a'],
      ['link', 'b'],
      ['Set-Cookie', 'c=d'],
    ] as unknown as string[]);
    response.write('é'.repeat(100_000));
    setTimeout(() => response.end('end'), 20);
  },
  '/early': (response) => {
    response.writeEarlyHints({ link: '</a.css>; rel=preload' }, () => response.end('late'));
  },
  '/empty': (response) => response.writeHead(204).end(),
  '/never': (response) => void response.on('close', () => cut.push('/never')),
  '/halfway': (response) => {
    response.write('half');
    response.on('close', () => cut.push('/halfway'));
  },
  '/broken': (response) => {
    response.writeHead(200, { 'content-length': 10 }).write('half');
    setTimeout(() => response.destroy(), 20);
  },
  '/large': (response) => response.end(Buffer.alloc(MAX_ANSWER_BYTES + 1)),
};

let server: Server;
let origin = '';
beforeAll(async () => {
  server = createServer(({ url = '' }, response) => answers[url]?.(response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const client = createHttpClient({});
const send = (path: string, more: Partial<LiveRequest> = {}) =>
  client.send({
    method: 'GET',
    origin,
    path,
    headers: {},
    body: Buffer.alloc(0),
    timeoutMs: 5_000,
    ...more,
  });

it('joins what comes in pieces, and drops cookies', async () => {
  const { status, headers, body } = await send('/pieces');
  expect([status, headers['link'], headers['set-cookie']]).toEqual([200, 'a, b', undefined]);
  expect(body.toString()).toBe(`${'é'.repeat(100_000)}end`);
});

it.each([
  ['/early', 200, 'late'],
  ['/empty', 204, ''],
])('%s is answered with the last status', async (path, status, body) => {
  const answer = await send(path);
  expect([answer.status, answer.body.toString()]).toEqual([status, body]);
  expect(answer.headers).not.toHaveProperty('link');
});

it.each(['/never', '/halfway'])('gives up %s in time, and lets go of it', async (path) => {
  await expect(send(path, { timeoutMs: 100 })).rejects.toMatchObject({
    code: 'upstream-timeout',
    message: expect.stringContaining(`${origin} did not answer within 100 ms`),
  });
  await expect.poll(() => cut).toContain(path);
});

it.each(['/never', '/halfway'])('gives up %s when it is told to', async (path) => {
  cut.length = 0;
  const giveUp = new AbortController();
  const sent = send(path, { signal: giveUp.signal });
  setTimeout(() => giveUp.abort(), 50);
  await expect(sent).rejects.toMatchObject({ code: 'upstream-failed' });
  await expect.poll(() => cut).toContain(path);
});

it('asks nobody after it was told to give up', async () => {
  const sent = send('/never', { signal: AbortSignal.abort() });
  await expect(sent).rejects.toMatchObject({ code: 'upstream-failed' });
});

it('refuses an answer that is too large', async () => {
  await expect(send('/large')).rejects.toMatchObject({
    code: 'upstream-failed',
    message: expect.stringContaining(`larger than ${MAX_ANSWER_BYTES} bytes`),
  });
});

it.each(['/broken', 'http://127.0.0.1:1'])('says why %s fails', async (where) => {
  const sent = where.startsWith('/') ? send(where) : send('/', { origin: where });
  await expect(sent).rejects.toMatchObject({
    code: 'upstream-failed',
    message: expect.stringContaining('could not be asked: '),
  });
});
