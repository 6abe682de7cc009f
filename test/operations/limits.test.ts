/** What a client that takes too much is told, and that the others go on. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listen, type Listening } from '../../src/listen.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';

const limits = { maxConnections: 3, headersTimeoutMs: 300, requestTimeoutMs: 600 };
let listening: Listening;

beforeAll(async () => {
  listening = await listen(
    (incoming, response) => {
      incoming.resume();
      incoming.on('end', () => response.end('fine'));
    },
    { host: '127.0.0.1', port: 0, ...limits },
    () => {},
  );
});
afterAll(() => listening.stop(0));

/** Everything that the server said until it closed. */
async function readAll(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => void (text += String(chunk)));
  await once(socket, 'close');
  return text;
}

async function open(): Promise<Socket> {
  const { port, hostname } = new URL(listening.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

it('cuts off a client that sends its headers drop by drop, and says why', async () => {
  const socket = await open();
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n');
  const drops = setInterval(() => socket.write('X-A: b\r\n'), 50);
  const text = await readAll(socket);
  clearInterval(drops);
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
  expect(text).toContain('docs/errors.md#request-timeout');
});

it('cuts off a client that sends its body drop by drop', async () => {
  const socket = await open();
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n');
  const drops = setInterval(() => socket.write('x'), 50);
  const text = await readAll(socket);
  clearInterval(drops);
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
});

it('refuses headers that are too large, and bytes that are no HTTP', async () => {
  const large = await sendRaw(listening.url, rawRequest('GET /', [`X-A: ${'a'.repeat(20_000)}`]));
  expect(large.status).toBe(431);
  expect(JSON.parse(large.body)).toMatchObject({ type: 'docs/errors.md#headers-too-large' });
  const noise = await sendRaw(listening.url, 'Hello?\r\n\r\n');
  expect(noise.status).toBe(400);
  expect(JSON.parse(noise.body)).toMatchObject({ type: 'docs/errors.md#bad-request' });
});

it('tells the connection beyond the limit so; the others go on', async () => {
  const held = await Promise.all([open(), open(), open()]);
  const fourth = await sendRaw(listening.url, rawRequest('GET /', []));
  expect(fourth.status).toBe(503);
  expect(JSON.parse(fourth.body)).toMatchObject({ type: 'docs/errors.md#too-many-connections' });
  const [first, ...others] = held;
  first?.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  expect(first && (await readAll(first))).toContain('fine');
  for (const socket of others) socket.destroy();
});
