/** What memory the mock takes, beside an earlier commit. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Checkout } from './load/checkout.ts';
import { runLoad } from './load/run-load.ts';
import { startPeer } from './load/start-peer.ts';
import { ours } from './peers/ours.ts';
import { create, type Call, type Peer } from './peers/peer.ts';
import { megabytes, table, verdictAtMost } from './report.ts';

const MANY = 100_000;
const MEBIBYTE = 2 ** 20;
const update: Call = {
  ...create,
  path: '/api/catalog/licenses/program/update/',
  body: '{"license_id":7,"count":150}',
};

export async function measureMemory(before: Checkout): Promise<string> {
  const contenders = [{}, { checkout: before.folder }];
  const found: number[][] = [];
  for (const where of contenders) {
    const data = mkdtempSync(path.join(tmpdir(), 'license-mock-bench-data-'));
    found.push([
      await memoryAfter(ours('creates', { stored: 20, data, ...where }), create),
      await memoryWith(ours('created', { stored: 20, data, ...where })),
      await memoryAfter(ours('updates', { stored: 1_000, ...where }), update),
      await memoryWith(ours('stored', { stored: MANY, ...where })),
    ]);
    rmSync(data, { recursive: true });
  }
  const [now = [], then = []] = found;
  const rows = [
    { what: 'after 100,000 creates', bar: 200 },
    { what: 'started anew with the licenses of these creates', bar: 350 },
    { what: 'after 100,000 updates of 1,000', bar: 220 },
    { what: 'with 100,000 of a scenario, which has seats now', bar: 350 },
  ];
  return [
    '## Memory',
    '',
    'Resident memory of the process.',
    '',
    table(
      ['what', 'now', before.commit],
      rows.map(({ what }, i) => [what, megabytes(now[i] ?? 0), megabytes(then[i] ?? 0)]),
    ),
    ...rows.map(({ what, bar }, i) =>
      verdictAtMost(`${what}, MB`, Math.round((now[i] ?? 0) / MEBIBYTE), bar),
    ),
    '',
  ].join('\n');
}

async function memoryAfter(peer: Peer, call: Call): Promise<number> {
  const server = await startPeer(peer);
  try {
    // A second at a time, because what is sent too much takes memory too.
    for (let done = 0; done < MANY;) done += await runLoad(server.url, call, 1);
    return server.memory();
  } finally {
    await server.stop();
  }
}

async function memoryWith(peer: Peer): Promise<number> {
  const server = await startPeer(peer);
  try {
    return server.memory();
  } finally {
    await server.stop();
  }
}
