/**
 * Starts the mock of a checkout in this process, as a test does, and says how long that took:
 * `node bench/load/in-process.ts CHECKOUT`.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTi } from '../peers/peer.ts';

type Mock = { readonly url: string; stop(): Promise<void> };
export type InProcess = {
  readonly importMs: number;
  readonly firstStartMs: number;
  readonly firstTiAnswerMs: number;
  readonly secondStartMs: number;
};

const [, , checkout = ''] = process.argv;

async function time<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const started = performance.now();
  const value = await work();
  return [value, performance.now() - started];
}

async function createTiLicense({ url }: Mock): Promise<void> {
  const { path: to, method, headers, body = '' } = createTi;
  const answer = await fetch(url + to, { method, headers, body });
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  await answer.text();
}

const [loaded, importMs] = await time(
  () =>
    import(path.join(checkout, 'src/index.ts')) as Promise<{ startLicenseMock(): Promise<Mock> }>,
);
const [first, firstStartMs] = await time(() => loaded.startLicenseMock());
// The client's own first request would count as well.
await (await fetch(`${first.url}/_mock/health`)).text();
await sleep(500);
const [, firstTiAnswerMs] = await time(() => createTiLicense(first));
await first.stop();
const [second, secondStartMs] = await time(() => loaded.startLicenseMock());
await second.stop();
const found: InProcess = { importMs, firstStartMs, firstTiAnswerMs, secondStartMs };
process.stdout.write(JSON.stringify(found));
