/** POST /incoming/v2/redemptionCodes. The docs show the answer without an envelope. */
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import type { Config } from '../credentials.ts';
import { createdStatus } from '../envelope.ts';
import { findById, nextRecord } from '../find.ts';
import { findImpossibleDate } from '../read-license.ts';
import { licenses, numberOrNull, textOrNull, uniqueTexts } from '../records.ts';
import { answerCodeGroup, codeGroups, type CodeGroupRecord } from '../redemption-codes.ts';
import { openReferences } from '../references.ts';
import { brokenRule } from '../rules.ts';
import { parseTimestamp } from '../timestamp.ts';

const MAX_CODES = 10_000;

export const createRedemptionCodes: Handler<Config> = async ({ body }, world) => {
  const sent = body as JsonObject;
  const broken =
    findImpossibleDate(sent, 'expirationDate') ??
    findImpossibleDate(sent, 'accessExpirationDate') ??
    findBrokenRule(sent);
  if (broken) return broken;
  const clientId = textOrNull(sent['client']);
  const group: Omit<CodeGroupRecord, 'number' | 'id'> = {
    label: String(sent['label']),
    codeLength: Number(sent['codeLength']),
    totalCodesCount: Number(sent['totalCodesCount']),
    expirationDate: dateOf(sent, 'expirationDate'),
    accessDays: numberOrNull(sent['accessDays']),
    accessExpirationDate: dateOf(sent, 'accessExpirationDate'),
    clientId,
    courseIds: uniqueTexts(sent['courses']),
    learningPathIds: uniqueTexts(sent['learningPaths']),
    bundleIds: uniqueTexts(sent['bundles']),
    licenseIds: uniqueTexts(sent['licenses']),
  };
  const references = openReferences(world);
  if (clientId !== null) await references.client(clientId, 'client');
  await references.content(group, { courseIds: 'courses', learningPathIds: 'learningPaths' });
  for (const [index, id] of group.licenseIds.entries()) {
    if (!(await findById(licenses, id, world))) references.miss('licenses', index);
  }
  const problem = references.problem();
  if (problem) return problem;
  const stored = { ...(await nextRecord(codeGroups, 'redemption codes', world)), ...group };
  await world.in(codeGroups).insert(stored);
  return { status: createdStatus(world), body: await answerCodeGroup(stored, world) };
};

function findBrokenRule(sent: JsonObject) {
  const lists = ['courses', 'bundles', 'licenses', 'learningPaths'];
  if (lists.every((name) => uniqueTexts(sent[name]).length === 0)) {
    return brokenRule([], `One of ${lists.join(', ')} must name something.`);
  }
  if (sent['accessDays'] !== undefined && sent['accessExpirationDate'] !== undefined) {
    return brokenRule(
      ['accessDays'],
      'accessDays and accessExpirationDate cannot be given together.',
    );
  }
  if (Number(sent['totalCodesCount']) > MAX_CODES) {
    return brokenRule(['totalCodesCount'], `totalCodesCount must be at most ${MAX_CODES}.`);
  }
  return undefined;
}

function dateOf(sent: JsonObject, name: string): string | null {
  const value = textOrNull(sent[name]);
  return value === null ? null : (parseTimestamp(value)?.utc ?? null);
}
