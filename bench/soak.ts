/** Many mixed requests over many sandboxes, bounded: is memory flat, and does no handle stay open? */
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { startPeer, type Started } from './load/start-peer.ts';
import { median } from './load/rounds.ts';
import { ours } from './peers/ours.ts';
import { create, CREATE_PATH, list, LIST_PATH, type Call } from './peers/peer.ts';
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

export async function soak(requests: number): Promise<string> {
  const server = await startPeer(ours('soak', { stored: 100 }));
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const samples: { bytes: number; handles: number }[] = [];
  const statuses = new Map<number, number>();
  let sent = 0;
  const work = async (): Promise<void> => {
    while (sent < requests) {
      const i = sent++;
      const status = await send(server, agent, callFor(i));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (i % Math.ceil(requests / SAMPLES) === 0) samples.push(sample(server));
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
  } finally {
    agent.destroy();
    await server.stop();
  }
  return render(requests, samples, statuses);
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

function sample({ memory, pid }: Started): { bytes: number; handles: number } {
  const handles = process.platform === 'linux' ? readdirSync(`/proc/${pid}/fd`).length : 0;
  return { bytes: memory(), handles };
}

function render(
  requests: number,
  samples: readonly { bytes: number; handles: number }[],
  statuses: ReadonlyMap<number, number>,
): string {
  const quarter = Math.floor(samples.length / 4);
  const second = samples.slice(quarter, 2 * quarter);
  const last = samples.slice(-quarter);
  const middle = (part: typeof second, of: 'bytes' | 'handles') =>
    median(part.map((each) => each[of]));
  const growth = middle(last, 'bytes') / middle(second, 'bytes');
  const counts = [...statuses].toSorted(([a], [b]) => a - b);
  return [
    '## Soak',
    '',
    `- ${requests.toLocaleString('en')} mixed requests over ${SANDBOXES} sandboxes, ${CONNECTIONS} connections: ${counts.map(([status, count]) => `${count} × ${status}`).join(', ')}`,
    `- memory, median of the second quarter → of the last: ${megabytes(middle(second, 'bytes'))} → ${megabytes(middle(last, 'bytes'))}, × ${growth.toFixed(2)} (bar ${BAR}) ${growth <= BAR ? 'held' : '**not held**'}`,
    `- open files, likewise: ${middle(second, 'handles')} → ${middle(last, 'handles')}`,
    '',
  ].join('\n');
}
