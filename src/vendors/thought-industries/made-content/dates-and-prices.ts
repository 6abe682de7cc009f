/** Dates and prices of made-up content. Years are fixed, so that an id has the same dates whatever the clock shows. */
import type { Faker } from '@faker-js/faker';
import type { JsonObject } from '../../../messages/json.ts';
import { formatTimestamp } from '../timestamp.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FIRST_DAY = Date.UTC(2020, 0, 6);
const FOUR_YEARS_DAYS = 4 * 365;

export type MadeDates = {
  readonly createdAt: string;
  /** Within eight weeks of the making, on a full hour. */
  readonly publishDate: string;
  /** Within a year of publishing. */
  readonly updatedAt: string;
};

/** In order: made, published, last changed. A `createdAt` that a scenario gives moves the others along. */
export function makeDates(faker: Faker, given: JsonObject): MadeDates {
  const made = FIRST_DAY + faker.number.int({ min: 0, max: FOUR_YEARS_DAYS * DAY_MS });
  const createdMs = Date.parse(String(given['createdAt'] ?? formatTimestamp(made)));
  const publishedMs = fullHour(createdMs + daysMs(faker, 1, 56));
  const updatedMs = publishedMs + faker.number.int({ min: 0, max: 365 * DAY_MS });
  return {
    createdAt: formatTimestamp(createdMs),
    publishDate: formatTimestamp(publishedMs),
    updatedAt: formatTimestamp(updatedMs),
  };
}

/** When an event took place: some weeks after it was published, for an afternoon. */
export function makeEvent(faker: Faker, { publishDate }: MadeDates) {
  const startMs = Date.parse(publishDate) + daysMs(faker, 21, 90);
  return {
    enrollmentStart: publishDate,
    enrollmentEnd: formatTimestamp(startMs - DAY_MS),
    start: formatTimestamp(startMs),
    end: formatTimestamp(startMs + 4 * HOUR_MS),
    graceEnd: formatTimestamp(startMs + 14 * DAY_MS),
  };
}

function daysMs(faker: Faker, min: number, max: number): number {
  return faker.number.int({ min, max }) * DAY_MS;
}

function fullHour(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}

/** Every fifth is free; the others cost 9 to `maxDollars` dollars and were recommended at a fifth more. */
export function makePrices(
  faker: Faker,
  given: JsonObject,
  { maxDollars }: { maxDollars: number },
) {
  const dollars = faker.number.int({ min: 9, max: maxDollars });
  const made = faker.datatype.boolean({ probability: 0.2 }) ? 0 : dollars * 100;
  const priceInCents = Number(given['priceInCents'] ?? made);
  return {
    priceInCents,
    suggestedRetailPriceInCents: Math.round((priceInCents * 1.2) / 100) * 100,
    isFree: priceInCents === 0,
  };
}
