/** What a vendor can access of a sandbox during one request, and what it reports about its answer. */
import { fakerFor } from '../faker/faker.ts';
import type { Context } from '../frameworks/framework.ts';
import type { Violation, Warning } from '../messages/message.ts';
import type { Awaitable } from '../shared/awaitable.ts';
import type { Window } from '../shared/shared.ts';
import type { Transaction } from '../store/store.ts';
import type { Vendor, World } from '../vendors/vendor.ts';
import type { Sandbox } from './sandbox.ts';

/** What influenced one answer. */
export type Notes = {
  readonly ledger: Set<string>;
  readonly warnings: Warning[];
  readonly violations: Violation[];
};

export function createNotes(): Notes {
  return { ledger: new Set(), warnings: [], violations: [] };
}

/** Returns a function that takes back what was noted since: for work that may run several times. */
export function markNotes({ ledger, warnings, violations }: Notes): () => void {
  const [rows, warned, violated] = [ledger.size, warnings.length, violations.length];
  return () => {
    for (const row of [...ledger].slice(rows)) ledger.delete(row);
    warnings.length = warned;
    violations.length = violated;
  };
}

/** Counts one more use of a key in its window. */
export type Meter = (key: string, windowMs: number) => Awaitable<Window>;

export function createContext(
  sandbox: Sandbox,
  vendor: Vendor,
  parts: { readonly notes: Notes; readonly now: number; readonly meter: Meter },
): Context<unknown> {
  const { notes, now, meter } = parts;
  const { ledgerPrefix: prefix } = vendor;
  const idOf = (row: string) => (row.startsWith(`${prefix}-`) ? row : `${prefix}-${row}`);
  return {
    now,
    profile: sandbox.profile,
    acceptsAnyToken: sandbox.acceptsAnyToken,
    config: sandbox.setup.configs[vendor.name],
    choose(row) {
      const id = idOf(row);
      const choice = sandbox.settings[id];
      if (choice === undefined) throw new Error(`The ledger has no row ${id} with choices.`);
      notes.ledger.add(id);
      return choice;
    },
    note: (row) => void notes.ledger.add(idOf(row)),
    warn: (warning) => void notes.warnings.push(warning),
    meter: (key, windowMs) => meter(`${vendor.name} ${key}`, windowMs),
  };
}

/** The context with the sandbox's records, inside a transaction. */
export function createWorld(
  { setup }: Pick<Sandbox, 'setup'>,
  context: Context<unknown>,
  transaction: Transaction,
): World<unknown> {
  const { seed } = setup;
  return { ...context, in: transaction.in, seed, faker: (recordId) => fakerFor(seed, recordId) };
}
