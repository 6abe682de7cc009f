/** `license_id` in the query of requests about seats. The schema requires it; the vendor's own examples leave it out. */
import type { Problem } from '../../../frameworks/framework.ts';
import { invalid } from '../sentences.ts';
import type { IblWorld } from '../credentials.ts';

type Value = string | readonly string[] | undefined;

const MISSING = invalid([
  { in: 'query', path: ['license_id'], keyword: 'required', message: 'This field is required.' },
]);

/** An assignment has the id in its body as well, which decides: ledger row IBL-LICENSE-ID-TWICE. */
export function checkSecondId(
  inQuery: Value,
  inBody: number,
  world: IblWorld,
): Problem | undefined {
  if (inQuery === String(inBody)) return undefined;
  const isNeeded = world.choose('IBL-LICENSE-ID-TWICE') === 'both';
  if (inQuery === undefined) return isNeeded ? MISSING : undefined;
  world.warn({
    in: 'query',
    path: ['license_id'],
    keyword: 'tolerance',
    message: `license_id is ${String(inQuery)} in the query and ${inBody} in the body; the mock uses the body's.`,
  });
  return undefined;
}

/** A removal may need only `assignment_id`: ledger row IBL-REMOVE-LICENSE-ID. */
export function checkLicenseId(inQuery: Value, world: IblWorld): Problem | undefined {
  if (inQuery !== undefined) return undefined;
  if (world.choose('IBL-REMOVE-LICENSE-ID') === 'required') return MISSING;
  world.warn({
    in: 'query',
    path: ['license_id'],
    keyword: 'tolerance',
    message: 'license_id is missing; the schema requires it, and the vendor does not need it.',
  });
  return undefined;
}
