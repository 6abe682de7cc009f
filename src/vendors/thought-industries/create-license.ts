/** POST /incoming/v2/licenses */
import { isProblem, type Handler } from '../vendor.ts';
import { answerLicense } from './answer-license.ts';
import type { Config } from './config.ts';
import { mapLists, readInput } from './license-input.ts';
import { rateLimitHeaders } from './rate-limit.ts';
import { settleReferences } from './references.ts';
import { storeLicense } from './store-license.ts';

export const createLicense: Handler<Config> = async ({ body, identity }, world) => {
  const input = readInput(body);
  if (isProblem(input)) return input;
  const { fields, replace } = input;
  const client = await settleReferences(fields, world);
  if (isProblem(client)) return client;

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
