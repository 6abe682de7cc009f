import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, expectTypeOf, it } from 'vitest';
import { createControlClient } from '../../src/client/control-client.ts';
import type { Effect, Expectation, Override } from '../../src/index.ts';
import { parseYaml } from '../../src/yaml/yaml-document.ts';
import { startTestServer } from '../support/server.ts';

const servers: Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

/** A server that is not license-mock. */
async function startOther(answer: string, mediaType: string): Promise<string> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', mediaType).end(answer);
  });
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the client', () => {
  it('names each function by the operation of the control API that it calls', () => {
    const file = path.join(import.meta.dirname, '../../specs/control.yaml');
    const text = readFileSync(file, 'utf8');
    const { paths } = parseYaml(text).value as { paths: Record<string, Record<string, unknown>> };
    const operations = Object.values(paths).flatMap((item) =>
      Object.values(item).map((operation) => Reflect.get(Object(operation), 'operationId')),
    );
    const client = createControlClient({ url: 'http://127.0.0.1:1' });
    expect(operations).toEqual(expect.arrayContaining(Object.keys(client)));
  });

  it('has types for what goes together, and for nothing else', () => {
    expectTypeOf<{ preset: 'slow' }>().toExtend<Effect>();
    expectTypeOf<{ patch: null; delay: { ms: 1 }; fault: 'truncate' }>().toExtend<Effect>();
    expectTypeOf<{ reply: { error: 'conflict' }; delay: { ms: 1 } }>().toExtend<Effect>();
    expectTypeOf<{ delay: { minMs: 1; maxMs: 2 }; fault: 'reset-after' }>().toExtend<Effect>();
    expectTypeOf<object>().not.toExtend<Effect>();
    expectTypeOf<{ preset: 'slow'; delay: { ms: 1 } }>().not.toExtend<Effect>();
    expectTypeOf<{ reply: { status: 200 }; patch: null }>().not.toExtend<Effect>();
    expectTypeOf<{ reply: { status: 200 }; fault: 'reset-before' }>().not.toExtend<Effect>();
    expectTypeOf<{ delay: { ms: 1 }; fault: 'hang' }>().not.toExtend<Effect>();
    expectTypeOf<{ reply: { status: 409; error: 'conflict' } }>().not.toExtend<Effect>();
    expectTypeOf<{ delay: { ms: 1; maxMs: 2 } }>().not.toExtend<Effect>();
    expectTypeOf<{ delay: { minMs: 1 } }>().not.toExtend<Effect>();
    expectTypeOf<{ vendor: 'ibl' }>().not.toExtend<Override>();

    expectTypeOf<{ match: object }>().toExtend<Expectation>();
    expectTypeOf<{ match: object; atLeast: 1; atMost: 2 }>().toExtend<Expectation>();
    expectTypeOf<{ match: object; times: 1; never: true }>().not.toExtend<Expectation>();
    expectTypeOf<{ match: object; times: 1; atLeast: 1 }>().not.toExtend<Expectation>();
    expectTypeOf<{ match: object; never: false }>().not.toExtend<Expectation>();
  });

  it('says where nobody answers, and what to do', async () => {
    const client = createControlClient({ url: 'http://127.0.0.1:1/' });
    await expect(client.listSandboxes()).rejects.toThrow(
      /^No license-mock answers at http:\/\/127\.0\.0\.1:1 \(.+\)\. Start one with license-mock serve/,
    );
  });

  it.each([
    ['<html>', 'text/html'],
    ['hello', 'text/plain'],
  ])('says that a server that answers %s is not license-mock', async (answer, mediaType) => {
    const client = createControlClient({ url: await startOther(answer, mediaType) });
    await expect(client.listSandboxes()).rejects.toThrow(
      `is not license-mock: GET /_mock/sandboxes`,
    );
  });

  it.each(['', 'localhost:4010', 'ftp://localhost', 'nonsense'])(
    'takes no "%s" for the URL of a server',
    (url) => {
      expect(() => createControlClient({ url })).toThrow(`"${url}" is not a URL`);
    },
  );

  it('sends the token, and says what is wrong without', async () => {
    const server = await startTestServer({ options: { 'control-token': 'secret' } });
    const { url } = server;
    const known = createControlClient({ url, token: 'secret' });
    expect(await known.listSandboxes()).toHaveLength(1);
    for (const client of [
      createControlClient({ url }),
      createControlClient({ url, token: 'wrong' }),
    ]) {
      await expect(client.listSandboxes()).rejects.toMatchObject({
        code: 'unauthenticated',
        status: 401,
        message: expect.stringContaining('--control-token') as string,
      });
    }
    await server.stop();
  });

  it('names the field that is wrong', async () => {
    const server = await startTestServer();
    const client = createControlClient({ url: server.url });
    await expect(client.startSandbox('a', { seed: -1 })).rejects.toMatchObject({
      code: 'invalid-request',
      status: 422,
      pointer: '#/seed',
      message: expect.stringMatching(/seed.*\(#\/seed\)$/) as string,
    });
    await expect(client.listJournal('default', { limit: 0 })).rejects.toThrow('(parameter limit)');
    await server.stop();
  });
});
