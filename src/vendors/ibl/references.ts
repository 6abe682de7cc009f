/** Finds the platform and the program that a body names. With open references, unknown ones are created. */
import { REQUIRED, unknownReference } from '../../frameworks/django-rest-framework/field-errors.ts';
import type { Problem } from '../../frameworks/framework.ts';
import type { Json, JsonObject } from '../../messages/json.ts';
import type { Condition } from '../../store/store.ts';
import type { IblWorld } from './credentials.ts';
import { platforms, programRef, programs, type Platform, type Program } from './records.ts';
import { invalid, invalidTogether, wrongField } from './sentences.ts';

const FIELDS = { platform_key: 'key', platform_org: 'org', platform_id: 'id' } as const;
const MAX_ID = 2_147_483_647;

type Given = { readonly field: string; readonly value: Json; readonly where: Condition<Platform> };

/** Finds a platform by key, organization or id. If a body gives several, they must name the same platform. */
export async function findPlatform(body: JsonObject, world: IblWorld): Promise<Platform | Problem> {
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
  return makePlatform(first, body, world);
}

async function makePlatform(
  { field, value }: Given,
  body: JsonObject,
  world: IblWorld,
): Promise<Platform | Problem> {
  world.note('IBL-REFERENCES');
  const id = body['platform_id'];
  const isPossible = id === undefined || (Number(id) >= 1 && Number(id) <= MAX_ID);
  if (world.config.references === 'closed' || !isPossible) {
    return invalid([wrongField(field, unknownReference(field, value))]);
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

/** Finds a program. Programs belong to one platform. */
export async function findProgram(
  key: string,
  platform: Platform,
  world: IblWorld,
): Promise<Program | Problem> {
  const found = await world.in(programs).get(programRef(platform.key, key));
  if (found) return found;
  world.note('IBL-REFERENCES');
  if (world.config.references === 'closed') {
    return invalid([wrongField('program_key', unknownReference('program_key', key))]);
  }
  world.warn({
    in: 'body',
    path: ['program_key'],
    keyword: 'reference',
    message: `program_key names no program of platform ${platform.key}: ${key.slice(0, 100)}. The vendor refuses it; with open references, the mock creates it.`,
  });
  return addProgram({ key, platform_key: platform.key }, world);
}

/** If the id or the name is missing, the key is used. */
export async function addProgram(
  known: Pick<Program, 'key' | 'platform_key'> & Partial<Program>,
  world: Pick<IblWorld, 'in'>,
): Promise<Program> {
  const { key, platform_key, program_id = key, name = key } = known;
  const program = { ref: programRef(platform_key, key), key, program_id, name, platform_key };
  await world.in(programs).insert(program);
  return program;
}
