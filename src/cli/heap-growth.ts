/**
 * How much garbage V8 lets pile up among old objects before it collects them. By default several times what is alive;
 * this process asks for less (docs/decisions/0008-less-memory-for-some-speed.md).
 */
import v8 from 'node:v8';

/** Also while a process starts: what it reads then is soon garbage, and would stay in its memory. */
const LEAST_PERCENT = 30;
/**
 * Only a few, because V8 uses its cache of compiled code where its flags have the values with which it was written, and
 * parts of the program are imported late.
 */
const PERCENTS = [130, 90, 60];
/** If a small heap could grow by a few megabytes only, it would be collected several times a second under load. */
const BYTES = 64 * 1024 * 1024;
const INTERVAL_MS = 1_000;

/** By how many percent the old objects may grow, in a heap that holds so many bytes, garbage included. */
export function growthOf(bytes: number): number {
  return PERCENTS.find((percent) => (bytes * percent) / 100 <= BYTES) ?? LEAST_PERCENT;
}

/** For the life of the process. */
export function limitHeapGrowth(): void {
  let percent = 0;
  const limit = (next: number): void => {
    if (next === percent) return;
    percent = next;
    v8.setFlagsFromString(`--heap-growing-percent=${percent}`);
  };
  limit(LEAST_PERCENT);
  const adapt = (): void => limit(growthOf(v8.getHeapStatistics().used_heap_size));
  setInterval(adapt, INTERVAL_MS).unref();
}
