/** Setups stored by version 0.1 lack fields that later versions compare. They get them when first opened. */
import { overrides } from '../overrides/override.ts';
import type { Store } from '../store/store.ts';
import { newIdentity, setups, type Setup } from './sandbox.ts';

export function isUpToDate(setup: Partial<Setup>): boolean {
  return setup.journalId !== undefined;
}

/** Undefined if the sandbox was removed in the meantime. */
export function upgradeSetup(store: Store, name: string): Promise<Setup | undefined> {
  return store.transact(name, async (transaction) => {
    const records = transaction.in(setups);
    const setup = await records.get('setup');
    if (!setup || isUpToDate(setup)) return setup;
    const upgraded: Setup = {
      ...setup,
      generation: newIdentity(),
      journalId: newIdentity(),
      revision: 0,
      ruleCount: await transaction.in(overrides).count(),
      states: [],
    };
    await records.update(upgraded);
    return upgraded;
  });
}
