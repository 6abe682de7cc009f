/**
 * Faker's own random numbers (Mersenne Twister 19937, 53 bits), made as they are asked for. Faker makes 624 at each seed,
 * but a record asks for a handful.
 */
import type { Randomizer } from '@faker-js/faker';

const SIZE = 624;
const DISTANCE = 397;
const LOWER = 0x7fff_ffff;
const UPPER = 0x8000_0000;

export function createRandomizer(): Randomizer {
  const state = new Uint32Array(SIZE);
  /** How many values of the state follow from the seed so far. */
  let filled = 0;
  let at = 0;

  const fill = (count: number): void => {
    for (; filled < count; filled += 1) {
      const before = state[filled - 1] ?? 0;
      state[filled] = Math.imul(1_812_433_253, before ^ (before >>> 30)) + filled;
    }
  };

  const next32 = (): number => {
    if (filled < SIZE) fill(Math.min(at + DISTANCE + 1, SIZE));
    const after = (at + 1) % SIZE;
    const mixed = ((state[at] ?? 0) & UPPER) | ((state[after] ?? 0) & LOWER);
    const twisted = (mixed >>> 1) ^ (-(mixed & 1) & 0x9908_b0df);
    const value = ((state[(at + DISTANCE) % SIZE] ?? 0) ^ twisted) >>> 0;
    state[at] = value;
    at = after;
    let tempered = value ^ (value >>> 11);
    tempered ^= (tempered << 7) & 0x9d2c_5680;
    tempered ^= (tempered << 15) & 0xefc6_0000;
    return (tempered ^ (tempered >>> 18)) >>> 0;
  };

  return {
    next: () => ((next32() >>> 5) * 67_108_864 + (next32() >>> 6)) * 2 ** -53,
    seed(seed) {
      if (typeof seed !== 'number') throw new TypeError('A seed is one number.');
      state[0] = seed;
      filled = 1;
      at = 0;
    },
  };
}
