/** The `thought-industries` section of a scenario file. */
import type { Json, JsonObject } from '../../../messages/json.ts';
import type { ScenarioPart } from '../../vendor.ts';
import { configure, type Config, type TiWorld } from '../credentials.ts';
import {
  clients,
  courseTags,
  courses,
  deleted,
  learningPaths,
  licenses,
  mapLists,
  type ContentRecord,
  type IdLists,
} from '../records.ts';
import { codeGroups } from '../redemption-codes.ts';
import { users } from '../users.ts';
import { adoptOldRecords } from '../old-records.ts';
import { describeUsers } from './describe-users.ts';
import { plant } from './plant.ts';
import { sectionSchema } from './schema.ts';

export const scenario: ScenarioPart<Config> = {
  lists: {
    clients: { collection: clients, one: 'client' },
    courses: { collection: courses, one: 'course' },
    learningPaths: { collection: learningPaths, one: 'learningPath' },
    courseTags: { collection: courseTags, one: 'courseTag' },
    licenses: { collection: licenses, one: 'license' },
    users: { collection: users, one: 'user' },
    redemptionCodes: { collection: codeGroups, one: 'codeGroup' },
  },
  references: [
    ...['licenses', 'users', 'redemptionCodes'].map((list) => ({
      list,
      field: 'clientId',
      of: 'clients',
      key: 'id',
    })),
    ...['clients', 'licenses', 'users', 'redemptionCodes'].flatMap((list) => [
      { list, field: 'courseIds', of: 'courses', key: 'id' },
      { list, field: 'learningPathIds', of: 'learningPaths', key: 'id' },
      { list, field: 'courseTagIds', of: 'courseTags', key: 'id' },
    ]),
    { list: 'clients', field: 'tagIds', of: 'courseTags', key: 'id' },
  ],
  schema: sectionSchema,
  starter: 'credentials:\n  - { token: ti-key }\n',
  configure,
  plant,
  describe,
};

async function describe(world: TiWorld): Promise<JsonObject> {
  await adoptOldRecords(world);
  const gone = await world.in(deleted).get('license');
  return {
    credentials: world.config.credentials.map(({ token }) => ({ token })),
    clients: (await world.in(clients).find()).map((client) => ({
      id: client.id,
      ...client.given,
      ...copyLists(client),
      tagIds: [...client.tagIds],
    })),
    courses: (await world.in(courses).find()).map(describeContent),
    learningPaths: (await world.in(learningPaths).find()).map(describeContent),
    courseTags: (await world.in(courseTags).find()).map(describeContent),
    licenses: (await world.in(licenses).find()).map((fields) => ({
      ...dropNulls(fields),
      ...copyLists(fields),
    })),
    ...(gone && { highestDeletedLicense: gone.highest }),
    users: await describeUsers(world),
    redemptionCodes: (await world.in(codeGroups).find()).map(({ number: _number, ...fields }) =>
      dropNulls(fields),
    ),
  };
}

function describeContent({ id, given }: ContentRecord): JsonObject {
  return { id, ...given };
}

function copyLists(lists: IdLists): Record<keyof IdLists, string[]> {
  return mapLists((name) => [...lists[name]]);
}

function dropNulls(fields: object): JsonObject {
  const set = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(set) as Record<string, Json>;
}
