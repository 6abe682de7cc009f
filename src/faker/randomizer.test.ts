import { generateMersenne53Randomizer } from '@faker-js/faker';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandomizer } from './randomizer.ts';

it('gives what Faker gives for the same seed, however many are asked for', () => {
  const ours = createRandomizer();
  const theirs = generateMersenne53Randomizer(1);
  const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(seed, fc.oneof(fc.nat(20), fc.nat(1_500)), (start, count) => {
      ours.seed(start);
      theirs.seed(start);
      for (let i = 0; i < count; i++) expect(ours.next()).toBe(theirs.next());
    }),
  );
});
