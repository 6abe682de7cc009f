/** Finds what a request about seats names: the license, and the user or group. */
import type { CheckedRequest, Problem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { IblWorld } from '../credentials.ts';
import type { Kind } from '../kinds.ts';
import { groups, users, type Group, type License, type User } from '../records.ts';
import { invalidTogether } from '../sentences.ts';

const NOT_FOUND: Problem = { problem: 'not-found' };

/** What may restrict which licenses a request sees: the caller's platform, and the one that it names. */
export type Sight = {
  readonly scope: string | undefined;
  readonly platform_key: string | undefined;
  readonly platform_org: string | undefined;
};

/** The body's platform counts before the query's. */
export function sightOf({ identity, query }: CheckedRequest, body: JsonObject = {}): Sight {
  const text = (name: string) => {
    const value = body[name] ?? query[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    scope: identity.scope,
    platform_key: text('platform_key'),
    platform_org: text('platform_org'),
  };
}

/** A license of another platform counts as unknown: ledger row IBL-PLATFORM-SCOPE. */
export async function findSeen(
  id: number,
  { scope, platform_key, platform_org }: Sight,
  { licenses }: Kind,
  world: IblWorld,
): Promise<License | undefined> {
  const license = await world.in(licenses).get(id);
  if (scope !== undefined) world.note('IBL-PLATFORM-SCOPE');
  const isSeen =
    [undefined, license?.platform_key].includes(scope) &&
    [undefined, license?.platform_key].includes(platform_key) &&
    [undefined, license?.platform_org].includes(platform_org);
  return isSeen ? license : undefined;
}

export async function findLicense(
  id: number,
  sight: Sight,
  kind: Kind,
  world: IblWorld,
): Promise<License | Problem> {
  return (await findSeen(id, sight, kind, world)) ?? NOT_FOUND;
}

/** Who gets a seat: a user, or an e-mail address that no user of the platform has. */
export type Holder = { readonly user: User } | { readonly email: string };

/** Finds a user by id, username or e-mail address, the first that is given: ledger row IBL-ASSIGNEE. */
export async function findHolder(
  body: JsonObject,
  { platform_key }: License,
  world: IblWorld,
): Promise<Holder | Problem> {
  const records = world.in(users);
  const { user_id: id, username, email } = body;
  const own = { field: 'platform_key', equals: platform_key } as const;
  if (id !== undefined) {
    const user = await records.get(Number(id));
    return user?.platform_key === platform_key ? { user } : unknownMember(world);
  }
  if (username !== undefined) {
    const named = { field: 'username', equals: username } as const;
    const [user] = await records.find({ where: [named, own], limit: 1 });
    return user ? { user } : unknownMember(world);
  }
  if (typeof email !== 'string') {
    world.note('IBL-ASSIGNEE');
    return invalidTogether('Either user_id or email is required.');
  }
  return findAddressed(email, platform_key, world);
}

/** The user of the platform who has an e-mail address, or the address alone. */
export async function findAddressed(
  email: string,
  platform_key: string,
  world: Pick<IblWorld, 'in'>,
): Promise<Holder> {
  const where = [
    { field: 'email_key', equals: email.toLowerCase() },
    { field: 'platform_key', equals: platform_key },
  ] as const;
  const [user] = await world.in(users).find({ where, limit: 1 });
  return user ? { user } : { email };
}

/** A group of another platform than the license's counts as unknown. */
export async function findGroup(
  id: number,
  { platform_key }: License,
  world: IblWorld,
): Promise<Group | Problem> {
  const group = await world.in(groups).get(id);
  return group?.platform_key === platform_key ? group : unknownMember(world);
}

function unknownMember(world: IblWorld): Problem {
  world.note('IBL-MEMBERS');
  return NOT_FOUND;
}
