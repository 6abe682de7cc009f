/** Setups as version 0.1 stored them lack what later versions compare: they get it when they are first opened. */
import { overrides } from '../overrides/override.ts';
import type { Store } from '../store/store.ts';
import { newIdentity, setups, type Setup } from './sandbox.ts';

export function isUpToDate(setup: Partial<Setup>): boolean {
  return setup.journalId !== undefined;
}

/** Undefined where the sandbox has been removed meanwhile. */
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
