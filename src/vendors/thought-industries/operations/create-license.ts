/** POST /incoming/v2/licenses */
import { isProblem } from '../../frameworks/framework.ts';
import type { Json, JsonObject } from '../../messages/json.ts';
import type { Handler } from '../vendor.ts';
import { answerLicense } from './answer-license.ts';
import type { Config, TiWorld } from './config.ts';
import { mapLists, readInput, type LicenseInput } from './license-input.ts';
import { rateLimitHeaders } from './rate-limit.ts';
import { REFS } from './records.ts';
import { settleReferences } from './references.ts';
import { storeLicense } from './store-license.ts';

export const createLicense: Handler<Config> = async ({ body, identity }, world) => {
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
    headers: rateLimitHeaders(identity.name, world),
    body: world.choose('TI-ENVELOPE') === 'wrapped' ? { data: { CreateLicense: answer } } : answer,
  };
};

/** Rows behind every license that is answered. */
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

/** Rows behind what the answer shows. */
function noteFields(fields: LicenseInput['fields'], body: Json | undefined, world: TiWorld): void {
  for (const row of ALWAYS) world.note(row);
  if (fields.name.trim() === '') world.note('TI-BLANK-NAME');
  if (fields.seatsLimit === 0) world.note('TI-SEATS');
  const sent = body as JsonObject;
  if (OPTIONAL.some((name) => !Object.hasOwn(sent, name))) world.note('TI-OMITTED');
  const counts = mapLists((name) => (Array.isArray(sent[name]) ? sent[name].length : 0));
  const kept = mapLists((name) => fields[name].length);
  if (Object.values(counts).join() !== Object.values(kept).join()) world.note('TI-LICENSE-LISTS');
}
