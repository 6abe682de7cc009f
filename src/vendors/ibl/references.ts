/** Finds the platform, and the program or course, that a body names. With open references, unknown ones are created. */
import { REQUIRED, unknownReference } from '../../frameworks/django-rest-framework/field-errors.ts';
import type { Problem } from '../../frameworks/framework.ts';
import type { Json, JsonObject } from '../../messages/json.ts';
import type { Condition } from '../../store/store.ts';
import type { IblWorld } from './credentials.ts';
import type { Kind } from './kinds.ts';
import { platforms, type Platform, type SubjectFields } from './records.ts';
import { invalid, invalidTogether, wrongField } from './sentences.ts';
import type { Subject } from './subjects.ts';

const FIELDS = { platform_key: 'key', platform_org: 'org', platform_id: 'id' } as const;
const MAX_ID = 2_147_483_647;

type Given = { readonly field: string; readonly value: Json; readonly where: Condition<Platform> };

/** Finds a platform by key, organization or id. If a body gives several, they must name the same platform. */
export async function findPlatform(
  body: JsonObject,
  kind: Kind,
  world: IblWorld,
): Promise<Platform | Problem> {
  const given: Given[] = Object.entries(FIELDS).flatMap(([field, column]) => {
    const value = body[field];
    return value === undefined
      ? []
      : [{ field, value, where: { field: column, equals: value } as const }];
  });
  const [first] = given;
  if (!first) {
    world.note('IBL-PLATFORM-REQUIRED');
    return invalid([wrongField('platform_key', REQUIRED)]);
  }
  const records = world.in(platforms);
  const [found] = await records.find({ where: given.map(({ where }) => where), limit: 1 });
  if (found) return found;
  for (const { where } of given) {
    if ((await records.count([where])) === 0) continue;
    world.note('IBL-PLATFORM-DISAGREES');
    const names = given.map(({ field }) => field).join(', ');
    return invalidTogether(`${names} do not name the same platform.`);
  }
  return makePlatform(first, body, kind, world);
}

async function makePlatform(
  { field, value }: Given,
  body: JsonObject,
  kind: Kind,
  world: IblWorld,
): Promise<Platform | Problem> {
  world.note('IBL-REFERENCES');
  const id = body['platform_id'];
  const isPossible = id === undefined || (Number(id) >= 1 && Number(id) <= MAX_ID);
  if (world.config.references === 'closed' || !isPossible) {
    return unknown(field, value, kind);
  }
  world.warn({
    in: 'body',
    path: [field],
    keyword: 'reference',
    message: `${field} names no known platform: ${String(value).slice(0, 100)}. The vendor refuses it; with open references, the mock creates it.`,
  });
  return addPlatform(
    {
      ...(id !== undefined && { id: Number(id) }),
      ...(typeof body['platform_key'] === 'string' && { key: body['platform_key'] }),
      ...(typeof body['platform_org'] === 'string' && { org: body['platform_org'] }),
    },
    world,
  );
}

/** Derives missing names from the given ones. */
export async function addPlatform(
  known: Partial<Platform>,
  world: Pick<IblWorld, 'in'>,
): Promise<Platform> {
  const records = world.in(platforms);
  const id = known.id ?? (await records.nextId());
  let key = known.key ?? known.org ?? `platform-${id}`;
  const isTaken = (await records.count([{ field: 'key', equals: key }])) > 0;
  if (known.key === undefined && isTaken) key = `${key}-${id}`;
  const platform: Platform = { id, key, org: known.org ?? key, name: known.name ?? key };
  await records.insert(platform);
  return platform;
}

/** Finds the program or course that a body names. Each belongs to one platform. */
export async function findSubject(
  body: JsonObject,
  subject: Subject,
  platform: Platform,
  kind: Kind,
  world: IblWorld,
): Promise<SubjectFields | Problem> {
  const { field, word } = subject;
  const key = String(body[field]);
  const found = await subject.find(key, platform.key, world);
  if (found) return found.fields;
  world.note('IBL-REFERENCES');
  if (world.config.references === 'closed') return unknown(field, key, kind);
  world.warn({
    in: 'body',
    path: [field],
    keyword: 'reference',
    message: `${field} names no ${word} of platform ${platform.key}: ${key.slice(0, 100)}. The vendor refuses it; with open references, the mock creates it.`,
  });
  return (await subject.add({ key, platform_key: platform.key }, world)).fields;
}

function unknown(field: string, value: Json, { unknownReference: status }: Kind): Problem {
  if (status === 404) return { problem: 'not-found' };
  return invalid([wrongField(field, unknownReference(field, value))]);
}
