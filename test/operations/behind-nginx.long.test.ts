/** Three replicas behind nginx, with the file that `compose.replicas.yaml` gives it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../bench/load/free-port.ts';
import { control } from '../support/control-client.ts';
import { readEvents } from '../support/event-stream.ts';
import { startNameServer, type NameServer } from '../support/name-server.ts';
import { hasNginx, startNginx, type Nginx } from '../support/nginx.ts';
import { dropSchema, freshDatabase, type TestDatabase } from '../support/postgres.ts';
import { startServerProcess, type ServerProcess } from '../support/process.ts';

const token = 'behind-nginx';
const bearer = { authorization: `Bearer ${token}` };
const ibl = { authorization: 'Api-Token dm-admin' };
const LIST = '/api/catalog/licenses/program/';
const HOSTS = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];

// On macOS, only 127.0.0.1 is there without further steps.
describe.runIf(hasNginx && process.platform === 'linux')('replicas behind nginx', () => {
  let database: TestDatabase;
  let names: NameServer;
  let nginx: Nginx;
  let port: number;
  const replicas = new Map<string, ServerProcess>();

  const start = async (host: string): Promise<void> => {
    const args = ['--data', database.url, '--data-schema', database.schema, '--host', host];
    const rest = ['--scenario', 'demo', '--control-token', token, '--trust-proxy', 'loopback'];
    replicas.set(
      host,
      await startServerProcess([...args, '--port', String(port), ...rest], { start: ['serve'] }),
    );
  };
  const end = async (host: string, signal: NodeJS.Signals): Promise<void> => {
    await replicas.get(host)?.end(signal);
    replicas.delete(host);
  };

  beforeAll(async () => {
    database = await freshDatabase();
    port = await freePort();
    // As Docker's name server does, it also knows those that have just ended.
    names = await startNameServer('license-mock', () => HOSTS);
    for (const host of HOSTS) await start(host);
    nginx = await startNginx({ nameServer: names.port, replicas: port });
  });
  afterAll(async () => {
    await nginx.stop();
    for (const host of replicas.keys()) await end(host, 'SIGTERM');
    names.stop();
    await dropSchema(database);
  });

  const statusOf = async (path: string, init: RequestInit = {}): Promise<number> => {
    const answer = await fetch(`${nginx.url}${path}`, {
      ...init,
      headers: { ...ibl, ...init.headers },
    });
    await answer.arrayBuffer();
    return answer.status;
  };

  const requestsOf = async (url: string, sandbox: string): Promise<unknown> =>
    (await control(url, `GET /sandboxes/${sandbox}/journal`, undefined, bearer)).body['total'];

  it('spreads requests over all, and each knows what the others did', async () => {
    const { url } = nginx;
    await control(url, 'PUT /sandboxes/spread', {}, bearer);
    for (let count = 0; count < 30; count += 1) {
      expect(await statusOf(`/_sandbox/spread${LIST}`)).toBe(200);
    }
    for (const replica of replicas.values()) {
      expect(await requestsOf(replica.url, 'spread')).toBe(30);
      const text = await (await fetch(`${replica.url}/_mock/metrics`, { headers: bearer })).text();
      expect(text).toMatch(/operation="listProgramLicenses",status="200"\} [1-9]/);
    }
  });

  it('lets the mock judge what a request looks like, and links name the host that the client asked', async () => {
    await control(nginx.url, 'PUT /sandboxes/bytes', {}, bearer);
    const paths = ['/api//catalog/%2Flicenses/?a=%zz', `${LIST}?page_size=1`];
    for (const each of paths)
      await statusOf(`/_sandbox/bytes${each}`, { headers: { a_b: 'kept' } });
    const { body } = await control(nginx.url, 'GET /sandboxes/bytes/journal', undefined, bearer);
    expect(JSON.stringify(body)).toContain('/api//catalog/%2Flicenses/');
    expect(JSON.stringify(body)).toContain('a_b');
    const claims = { forwarded: 'host=false.example', 'x-forwarded-prefix': '/false' };
    const answer = await fetch(`${nginx.url}${LIST}?page_size=1`, {
      headers: { ...ibl, ...claims, 'x-forwarded-host': 'false.example' },
    });
    const text = await answer.text();
    expect(text).toContain(`"next_page":"${nginx.url}/api/`);
    expect(text).not.toContain('false');
    const large = 'x'.repeat(2_000_000);
    expect(await statusOf(`${LIST}create/`, { method: 'POST', body: large })).toBe(413);
  });

  it('passes a stream of events on as they come, whichever replica wrote them', async () => {
    const { url } = nginx;
    await control(url, 'PUT /sandboxes/stream', {}, bearer);
    const reader = await readEvents(`${url}/_mock/sandboxes/stream/journal/stream`, bearer);
    for (let count = 1; count <= 9; count += 1) {
      await statusOf(`/_sandbox/stream${LIST}`);
      await reader.waitFor(count);
    }
    const ids = reader.events.map(({ id }) => id);
    expect(new Set(ids).size).toBe(9);
    reader.close();
  });

  it('does not send a request again that reached a replica', async () => {
    const { url } = nginx;
    await control(url, 'PUT /sandboxes/once', {}, bearer);
    await control(
      url,
      'POST /sandboxes/once/overrides',
      { when: {}, effect: { fault: 'reset-before' } },
      bearer,
    );
    expect(await statusOf(`/_sandbox/once${LIST}`)).toBe(502);
    expect(await requestsOf(url, 'once')).toBe(1);
  });

  it('goes on while a replica stops and starts, and after one was killed', async () => {
    const statuses: number[] = [];
    const over = new AbortController();
    const ask = async (): Promise<void> => {
      while (!over.signal.aborted) statuses.push(await statusOf(LIST));
    };
    const clients = [ask(), ask(), ask(), ask()];
    await sleep(200);
    await end('127.0.0.3', 'SIGTERM');
    await sleep(500);
    await start('127.0.0.3');
    over.abort();
    await Promise.all(clients);
    expect(statuses.length).toBeGreaterThan(100);
    // A connection that comes while the system closes the port is reset, so each client may see that once.
    const failed = statuses.filter((status) => status !== 200);
    expect(failed.length).toBeLessThanOrEqual(clients.length);
    expect(failed.every((status) => status === 502)).toBe(true);

    await end('127.0.0.4', 'SIGKILL');
    for (let count = 0; count < 30; count += 1) expect(await statusOf(LIST)).toBe(200);
    await start('127.0.0.4');
  });
});
