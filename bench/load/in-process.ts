/**
 * Starts the mock of a checkout in this process, as a test does, and says how long that took:
 * `node bench/load/in-process.ts CHECKOUT`.
 */
import path from 'node:path';

type Mock = { stop(): Promise<void> };
export type InProcess = {
  readonly importMs: number;
  readonly firstStartMs: number;
  readonly secondStartMs: number;
};

const [, , checkout = ''] = process.argv;

async function time<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const started = performance.now();
  const value = await work();
  return [value, performance.now() - started];
}

const [loaded, importMs] = await time(
  () =>
    import(path.join(checkout, 'src/index.ts')) as Promise<{ startLicenseMock(): Promise<Mock> }>,
);
const [first, firstStartMs] = await time(() => loaded.startLicenseMock());
await first.stop();
const [second, secondStartMs] = await time(() => loaded.startLicenseMock());
await second.stop();
const found: InProcess = { importMs, firstStartMs, secondStartMs };
process.stdout.write(JSON.stringify(found));
