/**
 * How much garbage V8 lets pile up among old objects before it collects them. By default several times what is alive;
 * this process asks for less (docs/decisions/0008-less-memory-for-some-speed.md).
 */
import v8 from 'node:v8';

const LEAST_PERCENT = 30;
/** If a small heap could grow by a few megabytes only, it would be collected several times a second under load. */
const LEAST_BYTES = 64 * 1024 * 1024;
/**
 * For a heap as large as after a start. V8 uses its cache of compiled code only while its flags have the values with which
 * it was written, so every start has the same one until all is imported.
 */
const FIRST_PERCENT = 130;
const INTERVAL_MS = 1_000;

/** By how many percent the old objects may grow, in a heap that holds so many bytes, garbage included. */
export function growthOf(bytes: number): number {
  const percent = Math.ceil((LEAST_BYTES / bytes) * 100);
  return Math.min(Math.max(percent, LEAST_PERCENT), FIRST_PERCENT);
}

/** For the life of the process. */
export function limitHeapGrowth(): void {
  let percent = 0;
  const limit = (next: number): void => {
    if (next === percent) return;
    percent = next;
    v8.setFlagsFromString(`--heap-growing-percent=${percent}`);
  };
  limit(FIRST_PERCENT);
  const adapt = (): void => limit(growthOf(v8.getHeapStatistics().used_heap_size));
  setInterval(adapt, INTERVAL_MS).unref();
}
