/** Courses, learning paths and tags by id, each made once for one answer. */
import type { Faker } from '@faker-js/faker';
import type { JsonObject } from '../vendor.ts';
import type { TiWorld } from './config.ts';
import { mapLists } from './license-input.ts';
import { makeCourse } from './make-course.ts';
import { makeLearningPath } from './make-learning-path.ts';
import { makeTag } from './make-tag.ts';
import { lists, type ListName } from './records.ts';

export type Library = {
  /** What the ids of one list name, in their order. */
  all(list: ListName, ids: readonly string[]): Promise<JsonObject[]>;
};

type Make = (id: string, given: JsonObject, faker: Faker) => JsonObject;

const makers: Readonly<Record<ListName, Make>> = {
  courseIds: makeCourse,
  learningPathIds: makeLearningPath,
  courseTagIds: makeTag,
};

/** TI-MADE-CONTENT: what no scenario says of them follows from the id and the sandbox's seed. */
export function openLibrary(world: TiWorld): Library {
  const made = mapLists(() => new Map<string, JsonObject>());
  const contents = Object.fromEntries(lists.map(({ ids, content }) => [ids, content])) as Record<
    ListName,
    (typeof lists)[number]['content']
  >;
  return {
    async all(list, ids) {
      const records = world.in(contents[list]);
      const found: JsonObject[] = [];
      for (const id of ids) {
        let item = made[list].get(id);
        if (!item) {
          const given = (await records.get(id))?.given ?? {};
          item = makers[list](id, given, world.faker(`${list} ${id}`));
          made[list].set(id, item);
        }
        found.push(item);
      }
      return found;
    },
  };
}
