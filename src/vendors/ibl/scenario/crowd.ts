/** Made-up people. The same seed gives the same ones. */
import type { IblWorld } from '../credentials.ts';
import { users, type User } from '../records.ts';

export type Crowd = {
  /** The made-up users of a platform, counted from 0. Licenses share them: one user can hold several. */
  user(platformKey: string, at: number): Promise<User>;
  /** An e-mail address that no user has. */
  address(of: string): string;
};

export function createCrowd(world: IblWorld): Crowd {
  const known = new Map<string, User[]>();
  return {
    async user(platformKey, at) {
      const people = known.get(platformKey) ?? [];
      known.set(platformKey, people);
      for (let count = people.length; count <= at; count++) {
        people.push(await makeUser(platformKey, world));
      }
      const found = people[at];
      if (!found) throw new Error(`There is no user ${at}.`);
      return found;
    },
    address(of) {
      const { person } = world.faker(`ibl.invited/${of}`);
      const name = `${person.firstName()}.${person.lastName()}`;
      return `${toAscii(name)}.${of.replaceAll('/', '.')}@example.com`;
    },
  };
}

async function makeUser(platformKey: string, world: IblWorld): Promise<User> {
  const records = world.in(users);
  const id = await records.nextId();
  const { person } = world.faker(`ibl.users/${id}`);
  const [first, last] = [person.firstName(), person.lastName()];
  const username = `${toAscii(`${first}.${last}`)}.${id}`;
  const email = `${username}@example.com`;
  const user = {
    id,
    username,
    email,
    email_key: email,
    name: `${first} ${last}`,
    platform_key: platformKey,
  };
  await records.insert(user);
  return user;
}

function toAscii(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z.]/g, '');
}
