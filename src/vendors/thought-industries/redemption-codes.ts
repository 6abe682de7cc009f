/** Groups of redemption codes. TI-REDEMPTION-CODES: no call redeems one, so none of them uses up a seat. */
import type { Collection } from '../../store/store.ts';
import type { JsonObject } from '../../messages/json.ts';
import type { TiWorld } from './credentials.ts';
import { findById } from './find.ts';
import { readContent } from './made-content/library.ts';
import { clients, licenses, type Numbered } from './records.ts';

export type CodeGroupRecord = Numbered & {
  readonly label: string;
  readonly codeLength: number;
  readonly totalCodesCount: number;
  readonly expirationDate: string | null;
  readonly accessDays: number | null;
  readonly accessExpirationDate: string | null;
  readonly clientId: string | null;
  readonly courseIds: readonly string[];
  readonly learningPathIds: readonly string[];
  readonly bundleIds: readonly string[];
  readonly licenseIds: readonly string[];
};

export const codeGroups: Collection<CodeGroupRecord> = {
  name: 'ti.redemption-codes',
  key: 'number',
  indexes: [{ field: 'id', unique: true }],
};

export async function answerCodeGroup(group: CodeGroupRecord, world: TiWorld): Promise<JsonObject> {
  world.note('TI-REDEMPTION-CODES');
  const client = await findById(clients, group.clientId, world);
  const courses = await readContent('courseIds', group.courseIds, world);
  const paths = await readContent('learningPathIds', group.learningPathIds, world);
  const licensed: JsonObject[] = [];
  for (const id of group.licenseIds) {
    const license = await findById(licenses, id, world);
    if (license) licensed.push({ id, name: license.name });
  }
  return {
    id: group.id,
    label: group.label,
    redeemedCodesCount: 0,
    totalCodesCount: group.totalCodesCount,
    expirationDate: group.expirationDate,
    accessDays: group.accessDays,
    accessExpirationDate: group.accessExpirationDate,
    client: client ? { id: client.id, name: client.name } : null,
    courses: courses.map(({ id = null, title = null }) => ({ id, title })),
    learningPaths: paths.map(({ id = null, name = null }) => ({ id, name })),
    bundles: group.bundleIds.map((id) => ({ id, name: null })),
    licenses: licensed,
  };
}

/** Fields that only a group that is read back has. */
export async function answerStoredCodeGroup(
  group: CodeGroupRecord,
  world: TiWorld,
): Promise<JsonObject> {
  return { ...(await answerCodeGroup(group, world)), uploaded: false, gift: false };
}
