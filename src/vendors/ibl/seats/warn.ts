/** Requests about seats that the schema does not allow, and the vendor's own example sends. */
import type { IblWorld } from '../credentials.ts';

type Value = string | readonly string[] | undefined;

/** The schema lists `license_id` in query and body; the body decides: ledger row IBL-LICENSE-ID-TWICE. */
export function warnOfOtherLicense(inQuery: Value, inBody: number, world: IblWorld): void {
  if (inQuery === undefined || inQuery === String(inBody)) return;
  world.note('IBL-LICENSE-ID-TWICE');
  world.warn({
    in: 'query',
    path: ['license_id'],
    keyword: 'tolerance',
    message: `license_id is ${String(inQuery)} in the query and ${inBody} in the body; the mock uses the body's.`,
  });
}

/** A removal needs only `assignment_id`; the schema also requires `license_id`: ledger row IBL-REMOVE-LICENSE-ID. */
export function warnOfNoLicense(inQuery: Value, world: IblWorld): void {
  if (inQuery !== undefined) return;
  world.note('IBL-REMOVE-LICENSE-ID');
  world.warn({
    in: 'query',
    path: ['license_id'],
    keyword: 'tolerance',
    message: 'license_id is missing; the schema requires it, and the vendor does not need it.',
  });
}
