/** A tag made up from its id, in the documented order of fields; what a scenario gives takes precedence. */
import type { Faker } from '@faker-js/faker';
import type { JsonObject } from '../../messages/json.ts';
import { makeDates } from './made-dates.ts';
import { SUBJECTS, TAG_FORMS, fill } from './vocabulary.ts';

export function makeTag(id: string, given: JsonObject, faker: Faker): JsonObject {
  const form = faker.helpers.arrayElement(TAG_FORMS);
  return {
    id,
    isFolder: false,
    label: fill(form, faker.helpers.arrayElement(SUBJECTS)),
    updatedAt: makeDates(faker, given).updatedAt,
    ...given,
  };
}
