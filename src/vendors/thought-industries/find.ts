/** Finds records by id, and makes ids. */
import type { Faker } from '@faker-js/faker';
import type { CheckedRequest, Problem } from '../../frameworks/framework.ts';
import type { Collection } from '../../store/store.ts';
import type { TiWorld } from './credentials.ts';
import type { Numbered } from './records.ts';

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;

export async function findById<R extends Numbered>(
  collection: Collection<R>,
  id: string | null,
  world: TiWorld,
): Promise<Readonly<R> | undefined> {
  if (id === null) return undefined;
  const [found] = await world.in(collection).find({ where: [{ field: 'id', equals: id }] });
  return found;
}

/** The record that the path names. TI-PATH-IDS: also where references are open, a path makes nothing. */
export async function findNamed<R extends Numbered>(
  collection: Collection<R>,
  { route }: CheckedRequest,
  world: TiWorld,
): Promise<Readonly<R> | Problem> {
  const sent = route.parameters['id'] ?? '';
  const id = sent.toLowerCase();
  if (id !== sent) world.note('TI-UUID-CASE');
  if (!UUID.test(id) && world.choose('TI-PATH-IDS') === 'refused') return malformed('path', 'id');
  return (await findById(collection, id, world)) ?? { problem: 'not-found' };
}

/** A value of the wrong form that the spec lets pass. */
export function malformed(place: 'path' | 'query', name: string): Problem {
  const violation = { in: place, path: [name], keyword: 'malformed', message: 'is malformed' };
  return { problem: 'invalid', violations: [violation] };
}

/** Returns the next number of a collection and an unused id. A scenario may have used any id. */
export async function nextRecord<R extends Numbered>(
  collection: Collection<R>,
  noun: string,
  world: TiWorld,
): Promise<Numbered> {
  for (;;) {
    const number = await world.in(collection).nextId();
    const id = numberedId(world.faker(`${noun} ${number}`), number);
    if (!(await findById(collection, id, world))) return { number, id };
  }
}

/** An odd factor permutes the numbers below 2^48, so that no two records have the same last part. */
const SCATTER = 0x9e37_79b9_7f4bn;

/** Faker has only 2^32 seeds, so its UUIDs alone could collide among 100,000 records. */
function numberedId(faker: Faker, number: number): string {
  const last = BigInt.asUintN(48, BigInt(number) * SCATTER);
  return `${faker.string.uuid().slice(0, 24)}${last.toString(16).padStart(12, '0')}`;
}
