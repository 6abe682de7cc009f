/** Dates and prices of generated content. Years are fixed, so that the dates of an id do not depend on the clock. */
import type { Faker } from '@faker-js/faker';
import type { JsonObject } from '../../../messages/json.ts';
import { formatTimestamp } from '../timestamp.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FIRST_DAY = Date.UTC(2020, 0, 6);
const FOUR_YEARS_DAYS = 4 * 365;

export type MadeDates = {
  readonly createdAt: string;
  /** Within eight weeks of `createdAt`, on a full hour. */
  readonly publishDate: string;
  /** Within a year of `publishDate`. */
  readonly updatedAt: string;
};

/** The three dates are in order: created, published, updated. The others follow a `createdAt` from the scenario. */
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

/** An event of four hours, 3 to 13 weeks after `publishDate`. */
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

/** One in five is free. The others cost 9 to `maxDollars` dollars; their suggested price is a fifth higher. */
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
