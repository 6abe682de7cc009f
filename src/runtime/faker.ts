/** Realistic values that are the same for the same seed and record, whatever else was generated before. */
import { createHash } from 'node:crypto';
import { en, Faker } from '@faker-js/faker';

/** What "recently" and "soon" count from; fixed, so that a record looks the same whenever it is asked for. */
const REFERENCE_DATE = '2026-01-01T00:00:00.000Z';

const shared = new Faker({ locale: [en] });
shared.setDefaultRefDate(REFERENCE_DATE);

/** A faker set to the record's own start; use it before asking for the next one. */
export function fakerFor(seed: number, recordId: string | number): Faker {
  const digest = createHash('sha256').update(`${seed}:${recordId}`).digest();
  shared.seed(digest.readUInt32BE(0));
  return shared;
}
