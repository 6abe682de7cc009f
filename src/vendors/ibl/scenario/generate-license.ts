/** Generates realistic licenses of all kinds. The same seed and id give the same license. */
import type { Faker } from '@faker-js/faker';
import { toStored } from '../../../frameworks/django-rest-framework/instant.ts';
import type { License } from '../records.ts';
import { UNUSED } from '../seats/change-seats.ts';

type Generated = Omit<License, 'platform_key' | 'platform_org'>;

const DAY_MS = 86_400_000;
const SEATS = [5, 10, 25, 40, 60, 100, 150, 250, 500, 1000];
const GROUPS = ['cohort', 'evening classes', 'campus', 'weekend group', 'regional team'];
const REGIONS = ['amer', 'emea', 'apac', 'latam'];

/** The stages in the life of a license, with their frequency. */
const STAGES = [
  { value: 'running', weight: 11 },
  { value: 'endless', weight: 3 },
  { value: 'expired', weight: 4 },
  { value: 'future', weight: 2 },
] as const;

export function generateLicense(
  id: number,
  subjectName: string,
  faker: Faker,
  now: number,
): Generated {
  const { helpers, number } = faker;
  const stage = helpers.weightedArrayElement(STAGES);
  const { started, expired } = generateSpan(stage, faker, now);
  const created = Math.min(started, now) - number.int({ min: 1, max: 30 }) * DAY_MS;
  const count = helpers.arrayElement(SEATS);
  return {
    id,
    created: toStored(created + number.int({ min: 0, max: DAY_MS / 1000 - 1 }) * 1000),
    started: toStored(started),
    expired: expired === null ? null : toStored(expired),
    name: `${subjectName}, ${faker.location.city()} ${helpers.arrayElement(GROUPS)}`,
    count,
    active: number.int({ min: 1, max: 12 }) > 1,
    metadata: generateMetadata(faker),
    source: helpers.arrayElement(['api', 'api', 'api', 'salesforce', 'stripe', 'manual']),
    external_id:
      number.int({ min: 1, max: 5 }) > 2
        ? `PO-${faker.string.alphanumeric(6).toUpperCase()}-${id}`
        : null,
    ...UNUSED,
    enrollment_config: {},
  };
}

/** A few only, so that many licenses are quick to make. */
export function generateCounts({ number }: Faker, { count, started }: Generated, now: number) {
  if (started > toStored(now)) return { active: 0, pending: 0 };
  const active = number.int({ min: 0, max: Math.min(3, count) });
  return { active, pending: number.int({ min: 0, max: Math.min(1, count - active) }) };
}

/** Dates are at midnight, as in contracts. */
function generateSpan(
  stage: (typeof STAGES)[number]['value'],
  { number }: Faker,
  now: number,
): { started: number; expired: number | null } {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const days = (min: number, max: number) => number.int({ min, max }) * DAY_MS;
  switch (stage) {
    case 'running':
      return { started: today - days(1, 300), expired: today + days(5, 400) };
    case 'endless':
      return { started: today - days(1, 700), expired: null };
    case 'expired':
      return { started: today - days(380, 900), expired: today - days(1, 370) };
    case 'future':
      return { started: today + days(2, 120), expired: today + days(200, 500) };
  }
}

function generateMetadata(faker: Faker): License['metadata'] {
  if (faker.number.int({ min: 1, max: 4 }) === 1) return {};
  return {
    region: faker.helpers.arrayElement(REGIONS),
    customer: faker.company.name(),
    contact: faker.internet.exampleEmail().toLowerCase(),
    auto_renew: faker.datatype.boolean(),
  };
}
