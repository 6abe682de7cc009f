/** A sandbox: the unit of isolation. Its records are in the store; how it was set up is one of them. */
import type { Settings } from '../ledger/ledger.ts';
import { timeOf, type Clock } from '../runtime/clock.ts';
import { fakerFor } from '../runtime/faker.ts';
import type { Collection, Transaction } from '../store/store.ts';
import type { Context, Vendor, Warning, World } from '../vendors/vendor.ts';

/** What a sandbox was made with, and what its control API changed since. */
export type Setup = {
  readonly id: 'setup';
  /** The scenario's name. */
  readonly scenario: string;
  readonly seed: number;
  readonly clock: Clock;
  /** The scenario's own; undefined: the server's. */
  readonly profile?: 'wire' | 'strict';
  /** The scenario's ledger choices. */
  readonly settings: Settings;
  /** Vendor name to what the vendor keeps of its section beside records. */
  readonly configs: Readonly<Record<string, unknown>>;
};

export const setups: Collection<Setup> = { name: 'mock.setup', key: 'id', indexes: [] };

export type Sandbox = {
  readonly name: string;
  readonly setup: Setup;
  readonly profile: 'wire' | 'strict';
  /** Every switchable row's choice in force. */
  readonly settings: Settings;
  /** Windows of `meter`; not stored. */
  readonly meters: Map<string, { used: number; resetsAt: number }>;
  /** Counts requests, for their ids. */
  requests: number;
};

/** What shaped one answer. */
export type Notes = { readonly ledger: Set<string>; readonly warnings: Warning[] };

/** How many windows a sandbox remembers; the oldest is forgotten first. */
const MAX_METERS = 1_000;

export function createNotes(): Notes {
  return { ledger: new Set(), warnings: [] };
}

export function nowIn(sandbox: Sandbox, wallMs: number): number {
  return timeOf(sandbox.setup.clock, wallMs);
}

/** What a vendor may know of the sandbox while it answers one request. */
export function createContext(
  sandbox: Sandbox,
  vendor: Vendor,
  notes: Notes,
  now: number,
): Context<unknown> {
  return {
    now,
    profile: sandbox.profile,
    config: sandbox.setup.configs[vendor.name],
    choose(row) {
      const choice = sandbox.settings[row];
      if (choice === undefined) throw new Error(`The ledger has no switchable row ${row}.`);
      notes.ledger.add(row);
      return choice;
    },
    note: (row) => void notes.ledger.add(row),
    warn: (warning) => void notes.warnings.push(warning),
    meter: (key, windowMs, uses = 1) =>
      countUses(sandbox.meters, `${vendor.name} ${key}`, windowMs, uses, now),
  };
}

/** The context with the sandbox's records, inside a transaction. */
export function createWorld(
  sandbox: Pick<Sandbox, 'setup'>,
  context: Context<unknown>,
  transaction: Transaction,
): World<unknown> {
  return {
    ...context,
    in: transaction.in,
    faker: (recordId) => fakerFor(sandbox.setup.seed, recordId),
  };
}

function countUses(
  meters: Sandbox['meters'],
  key: string,
  windowMs: number,
  uses: number,
  now: number,
): { used: number; resetsAt: number } {
  const found = meters.get(key);
  // A clock set back starts a new window too: its end lies further away than a window is long.
  if (found && now < found.resetsAt && found.resetsAt - now <= windowMs) {
    found.used += uses;
    return found;
  }
  if (uses === 0) return { used: 0, resetsAt: now + windowMs };
  const [oldest] = meters.keys();
  if (meters.size >= MAX_METERS && oldest !== undefined) meters.delete(oldest);
  const fresh = { used: uses, resetsAt: now + windowMs };
  meters.set(key, fresh);
  return fresh;
}
