/** Generates content from its id. The fields of `given` take precedence. */
import type { Faker } from '@faker-js/faker';
import type { JsonObject } from '../../../messages/json.ts';

export type Maker = (id: string, given: JsonObject, faker: Faker) => JsonObject;
