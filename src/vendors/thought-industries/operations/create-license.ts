/** POST /incoming/v2/licenses */
import { isProblem, type Problem } from '../../../frameworks/framework.ts';
import type { Json, JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import { answerLicense } from '../answer-license.ts';
import type { Config, TiWorld } from '../credentials.ts';
import {
  REFS,
  mapLists,
  numberOrNull,
  readRefs,
  textOrNull,
  uniqueTexts,
  type ListName,
  type NewLicense,
} from '../records.ts';
import { settleReferences } from '../references.ts';
import { storeLicense } from '../store-license.ts';
import { parseTimestamp } from '../timestamp.ts';

export const createLicense: Handler<Config> = async ({ body }, world) => {
  const input = readInput(body);
  if (isProblem(input)) return input;
  const { fields, replace } = input;
  const client = await settleReferences(fields, world);
  if (isProblem(client)) return client;

  noteFields(fields, body, world);
  const now = new Date(world.now).toISOString();
  const assigned = mapLists((name) =>
    replace[name] ? fields[name] : [...new Set([...client[name], ...fields[name]])],
  );
  const stored = { ...fields, createdAt: now, updatedAt: now };
  const license = await storeLicense(stored, client, assigned, world);

  const answer = await answerLicense(license, world);
  return {
    status: Number(world.choose('TI-CREATE-STATUS')),
    body: world.choose('TI-ENVELOPE') === 'wrapped' ? { data: { CreateLicense: answer } } : answer,
  };
};

type Input = {
  readonly fields: NewLicense;
  /** If true, the license's list replaces the client's list. */
  readonly replace: Readonly<Record<ListName, boolean>>;
};

/** Returns a problem only if `expirationDate` in UTC is outside the years 0 to 9999. */
function readInput(body: Json | undefined): Input | Problem {
  const sent = body as JsonObject;
  const expiration = textOrNull(sent['expirationDate']);
  const expirationDate = expiration === null ? null : parseTimestamp(expiration)?.utc;
  if (expirationDate === undefined) {
    const violation = {
      in: 'body' as const,
      path: ['expirationDate'],
      keyword: 'format',
      message: 'is no moment of the years 0 to 9999 in UTC',
    };
    return { problem: 'invalid', violations: [violation] };
  }
  return {
    fields: {
      clientId: String(sent['clientId']),
      ...mapLists((name) => uniqueTexts(sent[name])),
      name: String(sent['name']),
      label: textOrNull(sent['label']),
      sku: textOrNull(sent['sku']),
      seatsLimit: numberOrNull(sent['seatsLimit']),
      parentLicenseId: textOrNull(sent['parentLicenseId']),
      accessDays: numberOrNull(sent['accessDays']),
      expirationDate,
      enableBranding: sent['enableBranding'] === true,
      isDefault: sent['isDefault'] === true,
      ...readRefs(sent),
    },
    replace: {
      courseIds: sent['replaceCourseIds'] === true,
      learningPathIds: sent['replaceLearningPathIds'] === true,
      courseTagIds: sent['replaceCourseTagIds'] === true,
    },
  };
}

/** Ledger rows that every answered license depends on. */
const ALWAYS = ['TI-FIELD-ORDER', 'TI-MADE-CONTENT', 'TI-NESTED-DEPTH', 'TI-SAMPLE-ONLY-FIELDS'];

const OPTIONAL = [
  'label',
  'sku',
  'seatsLimit',
  'parentLicenseId',
  'accessDays',
  'expirationDate',
  'enableBranding',
  'isDefault',
  ...REFS,
];

/** Notes the ledger rows that the answer's fields depend on. */
function noteFields(fields: NewLicense, body: Json | undefined, world: TiWorld): void {
  for (const row of ALWAYS) world.note(row);
  if (fields.name.trim() === '') world.note('TI-BLANK-NAME');
  if (fields.seatsLimit === 0) world.note('TI-SEATS');
  const sent = body as JsonObject;
  if (OPTIONAL.some((name) => !Object.hasOwn(sent, name))) world.note('TI-OMITTED');
  const counts = mapLists((name) => (Array.isArray(sent[name]) ? sent[name].length : 0));
  const kept = mapLists((name) => fields[name].length);
  if (Object.values(counts).join() !== Object.values(kept).join()) world.note('TI-LICENSE-LISTS');
}
