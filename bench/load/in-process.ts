/**
 * Starts the built mock of a checkout in this process, as a test of somebody who installed it does, and says how long
 * that took: `node bench/load/in-process.ts CHECKOUT`.
 */
import path from 'node:path';

type Mock = { readonly url: string; stop(): Promise<void> };
export type InProcess = {
  readonly importMs: number;
  readonly firstStartMs: number;
  readonly firstControlCallMs: number;
  readonly secondStartMs: number;
};

const [, , checkout = ''] = process.argv;

async function time<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const started = performance.now();
  const value = await work();
  return [value, performance.now() - started];
}

async function call(url: string): Promise<void> {
  await (await fetch(url)).arrayBuffer();
}

const [loaded, importMs] = await time(
  () =>
    import(path.join(checkout, 'dist/index.js')) as Promise<{ startLicenseMock(): Promise<Mock> }>,
);
const [first, firstStartMs] = await time(() => loaded.startLicenseMock());
// Node loads its `fetch` by this, and the mock what the first request needs.
await call(`${first.url}/`);
const [, firstControlCallMs] = await time(() => call(`${first.url}/_mock/health`));
await first.stop();
const [second, secondStartMs] = await time(() => loaded.startLicenseMock());
await second.stop();
const found: InProcess = { importMs, firstStartMs, firstControlCallMs, secondStartMs };
process.stdout.write(JSON.stringify(found));
