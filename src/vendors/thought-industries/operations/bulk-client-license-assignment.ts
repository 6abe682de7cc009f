/** POST /incoming/v2/users/bulkClientLicenseAssignment: who cannot be served is listed, the others are served. */
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import type { Config, TiWorld } from '../credentials.ts';
import { envelop } from '../envelope.ts';
import { openReferences } from '../references.ts';
import { toSentence } from '../sentences.ts';
import { changeUser, onlyLicenses } from '../store-user.ts';
import { findUser } from '../users.ts';
import { readWanted } from '../wanted-licenses.ts';

/** TI-BULK-USERS: the fields of a user are not published. */
export const bulkClientLicenseAssignment: Handler<Config> = async ({ body }, world) => {
  for (const row of ['TI-BULK-USERS', 'TI-REPLACE-LICENSES', 'TI-USER-CLIENT']) world.note(row);
  const sent = (body as JsonObject)['users'] as JsonObject[];
  const errors: JsonObject[] = [];
  for (const user of sent) {
    const error = await assign(user, world);
    if (error) errors.push({ ...error, record: JSON.stringify(user) });
  }
  const answer = { updatedRecordCount: sent.length - errors.length, errors };
  return { status: 200, body: envelop('APIBulkPanoramaAssignment', answer, world) };
};

/** Gives one user its licenses, or says why not. */
async function assign(sent: JsonObject, world: TiWorld): Promise<JsonObject | undefined> {
  const user = await findUser(sent, world);
  const { id, email, externalCustomerId } = sent;
  const identifier = email ?? id ?? externalCustomerId ?? null;
  if (!user) return { id: null, identifier, error: 'The user does not exist.' };
  const references = openReferences(world);
  const wanted = await readWanted(sent, [], references, world);
  const replace = sent['replaceLicenseAccess'] === true;
  const stored =
    references.problem() ??
    (await changeUser(user, { ...onlyLicenses(wanted), replaceLicenses: replace }, world));
  if (!isProblem(stored)) return undefined;
  const sentences =
    'violations' in stored ? stored.violations.map((each) => toSentence(each, undefined)) : [];
  return { id: user.id, identifier, error: sentences.join(' ') };
}
