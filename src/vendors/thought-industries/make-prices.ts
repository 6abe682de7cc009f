/** Prices of made-up content, in cents. */
import type { Faker } from '@faker-js/faker';
import type { JsonObject } from '../../messages/json.ts';

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
