/** What surrounds the record of an answer. */
import type { JsonObject } from '../../messages/json.ts';
import type { TiWorld } from './credentials.ts';

/** Keys of the envelope by operation. TI-KEYS: those of creating and updating are not documented, but for `CreateLicense`. */
export type EnvelopeKey =
  | 'CreateLicense'
  | 'UpdateLicense'
  | 'LicenseById'
  | 'APILicensesByClientId'
  | 'Clients'
  | 'ClientById'
  | 'CreateClient'
  | 'UpdateClientSettings'
  | 'UpdateClientAccess'
  | 'CreateUser'
  | 'UpdateUser'
  | 'UserById'
  | 'APIUsers'
  | 'APIBulkPanoramaAssignment';

const ASSUMED: ReadonlySet<EnvelopeKey> = new Set([
  'UpdateLicense',
  'CreateClient',
  'UpdateClientSettings',
  'UpdateClientAccess',
  'CreateUser',
  'UpdateUser',
]);

export function envelop(key: EnvelopeKey, answer: JsonObject, world: TiWorld): JsonObject {
  if (world.choose('TI-ENVELOPE') !== 'wrapped') return answer;
  if (ASSUMED.has(key)) world.note('TI-KEYS');
  return { data: { [key]: answer } };
}

export function createdStatus(world: TiWorld): number {
  return Number(world.choose('TI-CREATE-STATUS'));
}
