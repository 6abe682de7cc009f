/** Courses, learning paths and tags by id. */
import type { Faker } from '@faker-js/faker';
import type { Collection } from '../../../store/store.ts';
import type { Json, JsonObject } from '../../../messages/json.ts';
import type { TiWorld } from '../credentials.ts';
import { makeOnce } from './cache.ts';
import { makeCourse } from './make-course.ts';
import { makeLearningPath } from './make-learning-path.ts';
import type { Maker } from './maker.ts';
import { makeDates } from './dates-and-prices.ts';
import { SUBJECTS, TAG_FORMS, fill } from './vocabulary.ts';
import {
  courseTags,
  courses,
  learningPaths,
  textOrNull,
  type ContentRecord,
  type ListName,
} from '../records.ts';

type Shelf = { readonly content: Collection<ContentRecord>; readonly make: Maker };

const shelves: Readonly<Record<ListName, Shelf>> = {
  courseIds: { content: courses, make: makeCourse },
  learningPathIds: { content: learningPaths, make: makeLearningPath },
  courseTagIds: { content: courseTags, make: makeTag },
};

/** Returns the content items of one list, in the order of `ids`. */
export async function readContent(
  list: ListName,
  ids: readonly string[],
  world: TiWorld,
): Promise<JsonObject[]> {
  const { content, make } = shelves[list];
  const records = world.in(content);
  const found: JsonObject[] = [];
  for (const id of ids) {
    const given = (await records.get(id))?.given ?? {};
    found.push(makeOnce(list, { id, given }, make, world));
  }
  return found;
}

/** TI-MADE-CONTENT: fields that no scenario gives follow from the id and the sandbox's seed. */
export async function storeContent(
  list: ListName,
  id: string,
  given: JsonObject,
  world: TiWorld,
): Promise<void> {
  const { content, make } = shelves[list];
  const { slug, sku } = makeOnce(list, { id, given }, make, world);
  await world.in(content).insert({ id, given, slug: textOrNull(slug), sku: textOrNull(sku) });
}

/** Finds content by what a user's course or learning path may be named by. The oldest of several counts. */
export async function findContent(
  list: ListName,
  field: 'slug' | 'sku',
  value: Json,
  world: TiWorld,
): Promise<string | undefined> {
  const where = [{ field, equals: value }];
  const [found] = await world.in(shelves[list].content).find({ where, limit: 1 });
  return found?.id;
}

/** Generates a tag from its id, with fields in the documented order. Fields from a scenario take precedence. */
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
