/** What it costs to ask a live vendor as well, for one request in ten. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stayOnCore } from './load/on-core.ts';
import { ratio, runRounds } from './load/rounds.ts';
import { hasWrk } from './load/run-load.ts';
import { startPeer, type Started } from './load/start-peer.ts';
import type { Pace } from './measure-own.ts';
import { ours } from './peers/ours.ts';
import { list } from './peers/peer.ts';
import { rate, table, verdict } from './report.ts';

const WHAT = 'list, one request in ten shadowed ÷ none';
const BAR = 0.8;
const STORED = 1_000;

export async function measureShadow(pace: Pace): Promise<string> {
  if (!hasWrk) return `## Shadow\n\n- ${WHAT}: not measured, there is no wrk\n`;
  // The vendor runs in this process, beside the load.
  const leaveCore = stayOnCore(1);
  const source = await startPeer(ours('source', { stored: STORED }));
  const vendor = await startVendor(await copyAnswer(source));
  await source.stop();
  const { port } = vendor.address() as AddressInfo;
  const options = ['--upstream', `ibl=http://127.0.0.1:${port}`];
  const on = await startPeer(ours('shadow', { stored: STORED, options }));
  const off = await startPeer(ours('no shadow', { stored: STORED, options }));
  try {
    // One of the ten sandboxes that take turns.
    await call(on, 'PUT', 'sandboxes/box-0', {});
    await call(on, 'PUT', 'sandboxes/box-0/upstreams/ibl', { mode: 'shadow' });
    const runners = [on, off].map(({ url, peer: { name } }) => ({
      name,
      url,
      call: { ...list, sandboxes: 10 },
    }));
    const [first, second] = await runRounds(runners, pace);
    if (!first || !second) throw new Error('Two were measured.');
    return [
      '## Shadow',
      '',
      table(['what', 'first, 1/s', 'second, 1/s'], [[WHAT, rate(first), rate(second)]]),
      verdict(WHAT, ratio(first, second), BAR),
      `- of the shadowed requests, by outcome: ${await outcomesOf(on)}`,
      '',
    ].join('\n');
  } finally {
    await on.stop();
    await off.stop();
    vendor.closeAllConnections();
    vendor.close();
    leaveCore();
  }
}

type Copied = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

async function copyAnswer({ url }: Started): Promise<Copied> {
  const answer = await fetch(url + list.path, { headers: list.headers });
  const { date: _, connection: __, ...headers } = Object.fromEntries(answer.headers);
  return { headers, body: await answer.text() };
}

/** A vendor that answers as the mock does, at once, so that it takes little of the mock's time. */
async function startVendor({ headers, body }: Copied): Promise<Server> {
  const server = createServer((_incoming, response) => {
    response.writeHead(200, headers).end(body);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  return server;
}

async function call({ url }: Started, method: string, path: string, body: object): Promise<void> {
  const answer = await fetch(`${url}/_mock/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
}

async function outcomesOf({ url }: Started): Promise<string> {
  const metrics = await (await fetch(`${url}/_mock/metrics`)).text();
  const found = [...metrics.matchAll(/^license_mock_shadowed_total\{.*outcome="(\w+)"\} (\d+)$/gm)];
  return found.map(([, outcome, count]) => `${count} ${outcome}`).join(', ') || 'none';
}
