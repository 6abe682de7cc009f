/** What a request says of a user: who it is, and what it is given. */
import type { Problem } from '../../frameworks/framework.ts';
import type { Json, JsonObject } from '../../messages/json.ts';
import type { TiWorld } from './credentials.ts';
import { findContent } from './made-content/library.ts';
import { clients, textOrNull, uniqueTexts, type ClientRecord, type ListName } from './records.ts';
import { openReferences, type References } from './references.ts';
import { readWanted, type Wanted } from './wanted-licenses.ts';

export type UserInput = {
  /** Texts that were sent. */
  readonly fields: Readonly<Partial<Record<(typeof TEXTS)[number], string>>>;
  readonly roleKey: string | undefined;
  /** The client that the request names. */
  readonly namedClientId: string | undefined;
  /** Else that of the first license. */
  readonly licenseClientId: string | undefined;
  readonly courseIds: readonly string[];
  readonly learningPathIds: readonly string[];
  readonly replaceCourses: boolean;
  readonly wanted: readonly Wanted[] | undefined;
  readonly replaceLicenses: boolean;
};

const TEXTS = ['email', 'firstName', 'lastName', 'externalCustomerId'] as const;

/** Null is the same as a parameter that was left out. */
export async function readUser(sent: JsonObject, world: TiWorld): Promise<UserInput | Problem> {
  const references = openReferences(world);
  const client = await readClient(sent, references, world);
  const courseIds = uniqueTexts(sent['courseIds']);
  await references.content({ courseIds });
  const find = (name: string, list: ListName, field: 'slug' | 'sku') =>
    findAll(sent[name], name, list, field, references, world);
  const bySlug = await find('courseSlugs', 'courseIds', 'slug');
  const bySku = await find('courseSkus', 'courseIds', 'sku');
  const paths = await find('learningPathSlugs', 'learningPathIds', 'slug');
  const wanted = await readWanted(sent, [], references, world);
  const problem = references.problem();
  if (problem) return problem;
  const texts = TEXTS.flatMap((name) => {
    const value = sent[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return {
    fields: Object.fromEntries(texts),
    roleKey: textOrNull(sent['role']) ?? undefined,
    namedClientId: client?.id,
    licenseClientId: wanted?.[0]?.license.clientId,
    courseIds: [...new Set([...courseIds, ...bySlug, ...bySku])],
    learningPathIds: paths,
    replaceCourses: sent['replaceCourseAccess'] === true,
    wanted,
    replaceLicenses: sent['replaceLicenseAccess'] === true,
  };
}

/** TI-USER-CLIENT: by id, else by slug, else by sku. Only an id can create a client. */
async function readClient(
  sent: JsonObject,
  references: References,
  world: TiWorld,
): Promise<ClientRecord | undefined> {
  const id = textOrNull(sent['clientId']);
  if (id !== null) return references.client(id);
  for (const [name, field] of [
    ['clientSlug', 'slug'],
    ['clientSku', 'sku'],
  ] as const) {
    const value = textOrNull(sent[name]);
    if (value === null) continue;
    const where = [{ field, equals: value }] as const;
    const [found] = await world.in(clients).find({ where, limit: 1 });
    if (!found) references.miss(name);
    return found;
  }
  return undefined;
}

async function findAll(
  values: Json | undefined,
  name: string,
  list: ListName,
  field: 'slug' | 'sku',
  references: References,
  world: TiWorld,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [index, value] of uniqueTexts(values).entries()) {
    const id = await findContent(list, field, value, world);
    if (id === undefined) references.miss(name, index);
    else ids.push(id);
  }
  return ids;
}
