/** What the seats of a license are for, beside a platform: programs and courses. */
import type { Collection } from '../../store/store.ts';
import type { IblWorld } from './credentials.ts';
import {
  courses,
  programs,
  refOf,
  type Course,
  type Program,
  type SubjectFields,
} from './records.ts';

type Records = Pick<IblWorld, 'in'>;

/** A program or a course, with the fields that a license for it has. */
export type Found = { readonly name: string; readonly fields: SubjectFields };

/** `id` is a program's id, if it is not its key. */
type Known = {
  readonly key: string;
  readonly platform_key: string;
  readonly id?: string;
  readonly name?: string;
};

export type Subject = {
  /** The field that names it in bodies and in a scenario's licenses. */
  readonly field: 'program_key' | 'course_id';
  /** The word for it in messages. */
  readonly word: string;
  /** The key of its list in a scenario. */
  readonly list: 'programs' | 'courses';
  find(key: string, platformKey: string, world: Records): Promise<Found | undefined>;
  /** Every one of a platform. */
  of(platformKey: string, world: Records): Promise<readonly Found[]>;
  add(known: Known, world: Records): Promise<Found>;
};

export const program: Subject = subjectOf<Program>({
  field: 'program_key',
  word: 'program',
  list: 'programs',
  collection: programs,
  make: (record, id) => ({ ...record, program_id: id ?? record.key }),
  fields: ({ key, program_id, name }) => ({ program_id, program_key: key, program_name: name }),
});

export const course: Subject = subjectOf<Course>({
  field: 'course_id',
  word: 'course',
  list: 'courses',
  collection: courses,
  make: (record) => record,
  fields: ({ key }) => ({ course_id: key }),
});

export const subjects = [program, course];

function subjectOf<R extends Course>({
  collection,
  make,
  fields,
  ...rest
}: Pick<Subject, 'field' | 'word' | 'list'> & {
  readonly collection: Collection<R>;
  readonly make: (record: Course, id: string | undefined) => R;
  readonly fields: (record: R) => SubjectFields;
}): Subject {
  const found = (record: R): Found => ({ name: record.name, fields: fields(record) });
  return {
    ...rest,
    async find(key, platformKey, world) {
      const record = await world.in(collection).get(refOf(platformKey, key));
      return record && found(record);
    },
    async of(platformKey, world) {
      const where = [{ field: 'platform_key', equals: platformKey } as const];
      return (await world.in(collection).find({ where })).map(found);
    },
    async add({ key, platform_key, id, name = key }, world) {
      const record = make({ ref: refOf(platform_key, key), key, name, platform_key }, id);
      await world.in(collection).insert(record);
      return found(record);
    },
  };
}
