/** A content that was another world's gets an identity of its own, so that nobody takes it for that one. */
import { overrides } from '../overrides/override.ts';
import type { SandboxContent } from '../store/store.ts';
import { newIdentity, setups, type Setup } from './sandbox.ts';

/** Its setup also gets `changes`, and the fields that a setup of version 0.1 lacks. */
export function withIdentity(
  { counters, records }: SandboxContent,
  changes: Pick<Setup, 'journalId'> & Partial<Pick<Setup, 'states'>>,
): SandboxContent {
  const [setup] = records[setups.name] ?? [];
  const renewed = {
    revision: 0,
    states: [],
    ...setup,
    ...changes,
    generation: newIdentity(),
    ruleCount: records[overrides.name]?.length ?? 0,
  };
  return { counters, records: { ...records, [setups.name]: [renewed] } };
}
