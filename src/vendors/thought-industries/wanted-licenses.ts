/** The licenses that a request gives to a user. */
import type { Json, JsonObject } from '../../messages/json.ts';
import type { Place } from '../../messages/message.ts';
import type { TiWorld } from './credentials.ts';
import { findById } from './find.ts';
import { licenses, uniqueTexts, type LicenseRecord } from './records.ts';
import type { References } from './references.ts';
import { ROLES, type Role } from './seats.ts';

export type Wanted = {
  readonly license: LicenseRecord;
  readonly role: Role;
  /** Where the request names it. */
  readonly path: Place['path'];
};

const NAMES = {
  student: { ids: 'studentLicenseIds', skus: 'studentLicenseSkus' },
  manager: { ids: 'managerLicenseIds', skus: 'managerLicenseSkus' },
} as const;

/** TI-REPLACE-LICENSES: undefined if the request has none of the lists. */
export async function readWanted(
  sent: JsonObject,
  base: Place['path'],
  references: References,
  world: TiWorld,
): Promise<readonly Wanted[] | undefined> {
  const wanted = new Map<string, Wanted>();
  const named = ROLES.flatMap((role) => [NAMES[role].ids, NAMES[role].skus]);
  for (const role of ROLES) {
    const { ids, skus } = NAMES[role];
    for (const [name, find] of [
      [ids, (id: string) => findById(licenses, id, world)],
      [skus, (sku: string) => findBySku(sku, world)],
    ] as const) {
      for (const [index, value] of uniqueTexts(sent[name]).entries()) {
        const path = [...base, name, index];
        const license = await find(value);
        if (license) wanted.set(`${license.id} ${role}`, { license, role, path });
        else references.miss(...path);
      }
    }
  }
  return named.some((name) => isList(sent[name])) ? [...wanted.values()] : undefined;
}

function isList(value: Json | undefined): boolean {
  return Array.isArray(value);
}

/** TI-SKUS: a sku need not be unique; the oldest license counts. */
async function findBySku(sku: string, world: TiWorld): Promise<LicenseRecord | undefined> {
  world.note('TI-SKUS');
  const where = [{ field: 'sku', equals: sku }] as const;
  const [found] = await world.in(licenses).find({ where, limit: 1 });
  return found;
}
