/** Courses, learning paths and tags by id; each is generated once per answer. */
import type { Faker } from '@faker-js/faker';
import type { Collection } from '../../../store/store.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { TiWorld } from '../credentials.ts';
import { makeCourse } from './make-course.ts';
import { makeLearningPath } from './make-learning-path.ts';
import { makeDates } from './dates-and-prices.ts';
import { SUBJECTS, TAG_FORMS, fill } from './vocabulary.ts';
import {
  courseTags,
  courses,
  learningPaths,
  mapLists,
  type ContentRecord,
  type ListName,
} from '../records.ts';

export type Library = {
  /** Returns the content items of one list, in the order of `ids`. */
  all(list: ListName, ids: readonly string[]): Promise<JsonObject[]>;
};

type Shelf = {
  readonly content: Collection<ContentRecord>;
  readonly make: (id: string, given: JsonObject, faker: Faker) => JsonObject;
};

const shelves: Readonly<Record<ListName, Shelf>> = {
  courseIds: { content: courses, make: makeCourse },
  learningPathIds: { content: learningPaths, make: makeLearningPath },
  courseTagIds: { content: courseTags, make: makeTag },
};

/** TI-MADE-CONTENT: fields that no scenario gives follow from the id and the sandbox's seed. */
export function openLibrary(world: TiWorld): Library {
  const made = mapLists(() => new Map<string, JsonObject>());
  return {
    async all(list, ids) {
      const { content, make } = shelves[list];
      const records = world.in(content);
      const found: JsonObject[] = [];
      for (const id of ids) {
        let item = made[list].get(id);
        if (!item) {
          const given = (await records.get(id))?.given ?? {};
          item = make(id, given, world.faker(`${list} ${id}`));
          made[list].set(id, item);
        }
        found.push(item);
      }
      return found;
    },
  };
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
