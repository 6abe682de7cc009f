/** Users: the learners, managers and administrators of the school. */
import type { Collection } from '../../store/store.ts';
import type { Json, JsonObject } from '../../messages/json.ts';
import type { TiWorld } from './credentials.ts';
import type { Numbered } from './records.ts';

export type UserRecord = Numbered & {
  readonly email: string;
  /** In lower case: TI-USER-EMAILS. */
  readonly emailKey: string;
  readonly clientId: string | null;
  readonly roleKey: string;
  readonly disabled: boolean;
  readonly externalCustomerId: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly courseIds: readonly string[];
  readonly learningPathIds: readonly string[];
  /** Other fields that a scenario gives. */
  readonly given: JsonObject;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export const users: Collection<UserRecord> = {
  name: 'ti.users',
  key: 'number',
  indexes: [
    { field: 'id', unique: true },
    { field: 'emailKey', unique: true },
    { field: 'externalCustomerId', unique: false },
    { field: 'roleKey', unique: false },
  ],
};

/** The parameters that name a user, in the order in which they count. */
export async function findUser(
  { id, email, externalCustomerId }: Readonly<Record<string, Json | undefined>>,
  world: TiWorld,
): Promise<UserRecord | undefined> {
  if (typeof id === 'string') return findBy('id', id, world);
  if (typeof email === 'string') return findByEmail(email, world);
  if (typeof externalCustomerId !== 'string') return undefined;
  return findBy('externalCustomerId', externalCustomerId, world);
}

export function findByEmail(email: string, world: TiWorld): Promise<UserRecord | undefined> {
  return findBy('emailKey', email.toLowerCase(), world);
}

async function findBy(
  field: 'id' | 'emailKey' | 'externalCustomerId',
  value: string,
  world: TiWorld,
): Promise<UserRecord | undefined> {
  const where = [{ field, equals: value }];
  const [found] = await world.in(users).find({ where, limit: 1 });
  return found;
}
