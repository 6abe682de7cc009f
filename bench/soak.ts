/**
 * Many mixed requests over many sandboxes, bounded: is memory flat, and does no handle stay open? On replicas also: does
 * the database stay as large as it was, and the number of connections?
 */
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { startPeer, type Started } from './load/start-peer.ts';
import { median } from './load/rounds.ts';
import { ours } from './peers/ours.ts';
import { create, CREATE_PATH, list, LIST_PATH, type Call } from './peers/peer.ts';
import { sql, startPostgres, type OwnPostgres } from '../test/support/postgres.ts';
import { megabytes } from './report.ts';

const SANDBOXES = 50;
const CONNECTIONS = 16;
const SAMPLES = 100;
/** A sandbox starts over after so many of its requests, as a rig's does: else its records would grow without end. */
const START_OVER_EVERY = 500;
const BAR = 1.1;

const ALICE_XML = readFileSync(
  join(import.meta.dirname, '../test/samples/alice-license-request.xml'),
  'utf8',
);

function id(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

function thoughtIndustriesLicense(client: number): string {
  return JSON.stringify({
    clientId: id(client),
    courseIds: [id(1), id(2)],
    learningPathIds: [id(3)],
    courseTagIds: [],
    name: 'Spring',
  });
}

type Sample = {
  /** Of all replicas together. */
  readonly bytes: number;
  readonly handles: number;
  readonly connections: number;
  readonly databaseBytes: number;
};

/** `replicas`: on one PostgreSQL, each request to any of them. 0: one server with a folder. */
export async function soak(requests: number, replicas: number): Promise<string> {
  const database = replicas > 0 ? await startPostgres() : undefined;
  const servers: Started[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  try {
    for (let i = 0; i < Math.max(1, replicas); i++) {
      servers.push(
        await startPeer(ours('soak', { stored: 100, ...(database && { data: database.url }) })),
      );
    }
    const samples: Sample[] = [];
    const statuses = new Map<number, number>();
    let sent = 0;
    const started = performance.now();
    const work = async (): Promise<void> => {
      while (sent < requests) {
        const i = sent++;
        const server = servers[Math.floor(Math.random() * servers.length)];
        const status = server ? await send(server, agent, callFor(i)) : 0;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (i % Math.ceil(requests / SAMPLES) === 0) samples.push(await sample(servers, database));
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
    return render({
      requests,
      replicas,
      seconds: (performance.now() - started) / 1000,
      samples,
      statuses,
    });
  } finally {
    agent.destroy();
    for (const server of servers) await server.stop();
    await database?.remove();
  }
}

/** Creates, lists, refusals, strange paths of each vendor; now and then the sandbox starts over. */
function callFor(i: number): Call {
  const sandbox = `box-${i % SANDBOXES}`;
  const headers = { ...create.headers, 'X-Mock-Sandbox': sandbox };
  if (i % (SANDBOXES * START_OVER_EVERY) < SANDBOXES && i >= SANDBOXES) {
    return { method: 'POST', path: `/_mock/sandboxes/${sandbox}/reset`, headers: {} };
  }
  const calls: readonly Call[] = [
    { ...create, headers },
    { ...list, headers },
    { ...create, headers, body: '{"name":7}' },
    { method: 'GET', path: `${LIST_PATH}?page_size=5&name=Spring`, headers },
    { method: 'GET', path: LIST_PATH, headers: { 'X-Mock-Sandbox': sandbox } },
    {
      method: 'POST',
      path: `/_sandbox/${sandbox}${CREATE_PATH}`,
      headers: create.headers,
      body: '{',
    },
    { method: 'GET', path: `/nobody-s/path/${i}`, headers },
    {
      method: 'POST',
      path: '/incoming/v2/licenses',
      headers: { ...headers, Authorization: 'Bearer ti-key' },
      body: thoughtIndustriesLicense(i % SANDBOXES),
    },
    {
      method: 'POST',
      path: '/api/licenses/add',
      headers: { ...headers, 'Content-Type': 'application/xml', Accept: 'application/xml' },
      body: ALICE_XML,
    },
    { method: 'GET', path: `/_mock/sandboxes/${sandbox}/journal?limit=5`, headers: {} },
  ];
  return calls[Math.floor(i / SANDBOXES) % calls.length] ?? list;
}

function send(server: Started, agent: Agent, call: Call): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const { method, path, headers } = call;
  const outgoing = request(server.url + path, { agent, method, headers: { ...headers } });
  outgoing.on('response', (answer) => {
    answer.resume();
    answer.on('end', () => resolve(answer.statusCode ?? 0));
  });
  outgoing.on('error', reject);
  outgoing.end(call.body);
  return promise;
}

async function sample(
  servers: readonly Started[],
  database: OwnPostgres | undefined,
): Promise<Sample> {
  const sum = (of: (server: Started) => number) =>
    servers.reduce((total, server) => total + of(server), 0);
  const [found] = database
    ? await sql<{ connections: string; size: string }>(
        database.url,
        `select (select count(*) from pg_stat_activity where application_name = 'license-mock') as connections,
                pg_database_size(current_database()) as size`,
      )
    : [];
  return {
    bytes: sum((server) => server.memory()),
    handles:
      process.platform === 'linux' ? sum(({ pid }) => readdirSync(`/proc/${pid}/fd`).length) : 0,
    connections: Number(found?.connections ?? 0),
    databaseBytes: Number(found?.size ?? 0),
  };
}

function render(run: {
  readonly requests: number;
  readonly replicas: number;
  readonly seconds: number;
  readonly samples: readonly Sample[];
  readonly statuses: ReadonlyMap<number, number>;
}): string {
  const { requests, replicas, seconds, samples, statuses } = run;
  const quarter = Math.floor(samples.length / 4);
  const middle = (part: readonly Sample[], of: keyof Sample) =>
    median(part.map((each) => each[of]));
  const from = (of: keyof Sample) => middle(samples.slice(quarter, 2 * quarter), of);
  const to = (of: keyof Sample) => middle(samples.slice(-quarter), of);
  const bounded = (what: string, of: 'bytes' | 'databaseBytes') => {
    const growth = to(of) / from(of);
    const verdict = growth <= BAR ? 'held' : '**not held**';
    return `- ${what}, median of the second quarter → of the last: ${megabytes(from(of))} → ${megabytes(to(of))}, × ${growth.toFixed(2)} (bar ${BAR}) ${verdict}`;
  };
  const counts = [...statuses].toSorted(([a], [b]) => a - b);
  const where = replicas > 0 ? ` on ${replicas} replicas` : '';
  return [
    replicas > 0 ? '## Soak on replicas' : '## Soak',
    '',
    `- ${requests.toLocaleString('en')} mixed requests over ${SANDBOXES} sandboxes${where}, ${CONNECTIONS} connections, ${Math.round(requests / seconds)} a second: ${counts.map(([status, count]) => `${count} × ${status}`).join(', ')}`,
    bounded('memory', 'bytes'),
    `- open files, likewise: ${from('handles')} → ${to('handles')}`,
    ...(replicas > 0
      ? [
          `- connections to the database, likewise: ${from('connections')} → ${to('connections')}`,
          bounded('size of the database', 'databaseBytes'),
        ]
      : []),
    '',
  ].join('\n');
}
