import type { Handler } from '../../vendor.ts';
import type { IblConfig } from '../credentials.ts';
import type { Kind } from '../kinds.ts';

/** Tells whether an e-mail address has an active assignment. Ledger row IBL-CHECK: dates and bodies. */
export function checkAssignment({ assignments }: Kind): Handler<IblConfig> {
  return async ({ query }, world) => {
    const email = String(query['email']).toLowerCase();
    const where = [
      { field: 'email_key', equals: email } as const,
      { field: 'active', equals: true } as const,
    ];
    const [found] = await world.in(assignments).find({ where, limit: 1 });
    world.note('IBL-CHECK');
    if (found) return { status: 200, body: {} };
    return world.choose('IBL-CHECK-NOT-FOUND') === 'empty'
      ? { status: 404, body: {} }
      : { problem: 'not-found' };
  };
}
