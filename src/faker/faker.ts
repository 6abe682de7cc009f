/** Realistic values that are the same for the same seed and record, whatever else was generated before. */
import { hash } from 'node:crypto';
import type { Faker } from '@faker-js/faker';
import { faker } from '@faker-js/faker/locale/en';
import { createRandomizer } from './randomizer.ts';

/** What "recently" and "soon" count from; fixed, so that a record looks the same whenever it is asked for. */
const REFERENCE_DATE = '2026-01-01T00:00:00.000Z';

/** One of our own: who uses the mock in a test may use the package's. Its root would load 70 languages: 25 MB. */
const shared = new (faker.constructor as new (options: object) => Faker)({
  locale: faker.rawDefinitions,
  randomizer: createRandomizer(),
});
shared.setDefaultRefDate(REFERENCE_DATE);

/** A faker set to the record's own start; use it before asking for the next one. */
export function fakerFor(seed: number, recordId: string | number): Faker {
  const digest = hash('sha256', `${seed}:${recordId}`, 'buffer');
  shared.seed(digest.readUInt32BE(0));
  return shared;
}
