/** Random numbers that `TEST_SEED` repeats. */

export const seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 32));

/** From 0 up to 1. Mulberry32. */
export function createRandom(from: number = seed): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
