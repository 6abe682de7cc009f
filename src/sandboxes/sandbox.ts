/** A sandbox: the unit of isolation. Its records are in the store; how it was set up is one of them. */
import type { Settings } from '../ledger/ledger.ts';
import { timeOf, type Clock } from '../time/clock.ts';
import { fakerFor } from '../faker/faker.ts';
import type { ScenarioUse } from '../scenarios/load-scenario.ts';
import type { Collection, Transaction } from '../store/store.ts';
import type { Context } from '../frameworks/framework.ts';
import type { Violation, Warning } from '../messages/message.ts';
import type { Vendor, World } from '../vendors/vendor.ts';

/** What the server was started with; it applies to every sandbox. */
export type Defaults = {
  /** A name or a file. */
  readonly scenario: string;
  readonly seed: number | undefined;
  readonly clock: string | undefined;
  readonly references: 'open' | 'closed' | undefined;
  readonly profile: 'wire' | 'strict' | undefined;
  /** `--set`: over a scenario's own settings. */
  readonly settings: Settings;
};

/** What a sandbox is asked to start with; what is left out is the server's, then the scenario's. */
export type StartOptions = {
  /** A name or a file. */
  readonly scenario?: string;
  /** Values for the scenario's `{parameters}`. */
  readonly params?: Readonly<Record<string, string | number | boolean>>;
  readonly seed?: number;
  /** As `parseClock` reads it. */
  readonly clock?: string;
  readonly profile?: 'wire' | 'strict';
  readonly settings?: Settings;
};

/** What a sandbox was made with, and what its control API changed since. */
export type Setup = {
  readonly id: 'setup';
  /** Changes when the sandbox starts over: a request that began in the old world is answered in the new one. */
  readonly generation: number;
  /** What a reset starts with again. */
  readonly start: StartOptions;
  /** The scenario's name. */
  readonly scenario: string;
  readonly seed: number;
  readonly clock: Clock;
  readonly references: 'open' | 'closed';
  /** The scenario's own profile. */
  readonly profile?: 'wire' | 'strict';
  /** The scenario's ledger choices. */
  readonly settings: Settings;
  /** True: an imported state, which says all: neither the server's options nor `start` change what it holds. */
  readonly isImported?: true;
  /** Vendor name to what the vendor keeps of its section beside records. */
  readonly configs: Readonly<Record<string, unknown>>;
};

export const setups: Collection<Setup> = { name: 'mock.setup', key: 'id', indexes: [] };

type Window = { used: number; resetsAt: number };

/** Windows as a snapshot keeps them. */
export type Meters = Readonly<Record<string, Readonly<Window>>>;

export type Sandbox = {
  readonly name: string;
  /** Replaced as a whole when the clock changes. */
  setup: Setup;
  readonly profile: 'wire' | 'strict';
  /** Every switchable row's choice in force. */
  readonly settings: Settings;
  /** Windows of `meter`; not stored. */
  readonly meters: Map<string, Window>;
  /** Counts requests, for their ids; not stored. */
  requests: number;
  /** The provider states that it was put in since its last request; not stored. */
  states: readonly ScenarioUse[];
  /** How many requests are being answered: an idle one may be unloaded. */
  underWay: number;
  /**
   * `replaced`: another state was put in its place; `over`: its world ended and its journal with it; `removed`:
   * it is gone. Whoever still holds it finds its requests answered by the one that came after, or refused.
   */
  fate: 'current' | 'replaced' | 'over' | 'removed';
  /** How many overrides are set: none is the usual case, and costs nothing then. */
  ruleCount: number;
};

/**
 * The sandbox in memory. `defaults`: the ledger's choices. `server`: what the server was started with, which
 * wins over the scenario and gives way to what the sandbox was started with.
 */
export function openSandbox(
  name: string,
  setup: Setup,
  {
    defaults,
    server,
  }: {
    readonly defaults: Settings;
    readonly server: Pick<Defaults, 'profile' | 'settings'>;
  },
): Sandbox {
  const { start, isImported } = setup;
  const given = isImported ? [] : [server.settings, start.settings];
  const profile = isImported ? undefined : (start.profile ?? server.profile);
  return {
    name,
    setup,
    profile: profile ?? setup.profile ?? 'wire',
    settings: Object.assign({}, defaults, setup.settings, ...given),
    meters: new Map(),
    requests: 0,
    states: [],
    underWay: 0,
    fate: 'current',
    ruleCount: 0,
  };
}

/** The sandbox started over while a request was on its way: it is to be answered in the new world, from the start. */
export class StartedOver extends Error {}

/** What shaped one answer. */
export type Notes = {
  readonly ledger: Set<string>;
  readonly warnings: Warning[];
  readonly violations: Violation[];
};

/** How many windows a sandbox remembers; the oldest is forgotten first. */
const MAX_METERS = 1_000;

export function createNotes(): Notes {
  return { ledger: new Set(), warnings: [], violations: [] };
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
      countUses(sandbox.meters, `${vendor.name} ${key}`, { windowMs, uses, now }),
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

/** Counts in fixed windows of the sandbox's clock; bounded, the window opened first is forgotten first. */
export function countUses(
  meters: Sandbox['meters'],
  key: string,
  { windowMs, uses, now }: { windowMs: number; uses: number; now: number },
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
