/** What every list of every vendor costs with many records stored, beside the same list with few. */
import { listCalls, manyRecords, type ListCall } from '../test/support/many-records.ts';
import { median } from './load/rounds.ts';
import { startPeer } from './load/start-peer.ts';
import { ours } from './peers/ours.ts';
import { table } from './report.ts';

const [FEW, MANY] = [1_000, 100_000];
const TIMES = 100;
/** A list of 100,000 may take this many times as long as one of 1,000. */
const BAR = 1.5;

export async function measureLists(): Promise<string> {
  const server = await startPeer(ours('lists', { options: ['--journal-size', '0'] }));
  try {
    for (const count of [FEW, MANY]) await plant(server.url, count);
    const rows: string[][] = [];
    let isHeld = true;
    for (const call of listCalls) {
      const [few, many] = await time(server.url, call);
      isHeld &&= many / few <= BAR;
      rows.push([call.call, few.toFixed(2), many.toFixed(2), (many / few).toFixed(2)]);
    }
    return [
      '## Lists',
      '',
      `Median of ${TIMES} calls, one after the other, in turns.`,
      '',
      table(['list', 'of 1,000, ms', 'of 100,000, ms', 'ratio'], rows),
      `- every list, 100,000 ÷ 1,000 stored: at most ${BAR} ${isHeld ? 'held' : '**not held**'}`,
      '',
    ].join('\n');
  } finally {
    await server.stop();
  }
}

/** Each vendor in a sandbox of its own, so that no single request is too large. */
async function plant(url: string, count: number): Promise<void> {
  const { name: _, ...sections } = manyRecords(count);
  for (const [vendor, section] of Object.entries(sections)) {
    const answer = await fetch(`${url}/_mock/sandboxes/${vendor}-${count}/state`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'many', [vendor]: section }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }
}

/** Medians in milliseconds, with few records and with many. */
async function time(url: string, call: ListCall): Promise<readonly [number, number]> {
  const taken: [number[], number[]] = [[], []];
  for (let i = 0; i < TIMES + 10; i++) {
    for (const [at, count] of [FEW, MANY].entries()) {
      const started = performance.now();
      await send(url, call, count);
      if (i >= 10) taken[at]?.push(performance.now() - started);
    }
  }
  return [median(taken[0]), median(taken[1])];
}

async function send(url: string, { call, authorization, body }: ListCall, count: number) {
  const [method = '', path = ''] = call.split(' ');
  const vendor = path.includes('/catalog/')
    ? 'ibl'
    : path.startsWith('/incoming/')
      ? 'thought-industries'
      : 'alice';
  const answer = await fetch(`${url}/_sandbox/${vendor}-${count}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(authorization !== undefined && { authorization }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  await answer.arrayBuffer();
}
