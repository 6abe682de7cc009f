/** Realistic values that are the same for the same seed and record, whatever else was generated before. */
import { createHash } from 'node:crypto';
import { en, Faker } from '@faker-js/faker';

const shared = new Faker({ locale: [en] });

/** A faker set to a fixed start and a fixed reference date; use it up before asking for the next one. */
export function fakerFor(seed: number, recordId: string | number, now: number): Faker {
  const digest = createHash('sha256').update(`${seed}:${recordId}`).digest();
  shared.seed(digest.readUInt32BE(0));
  shared.setDefaultRefDate(now);
  return shared;
}
