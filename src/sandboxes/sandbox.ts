/** A sandbox: the unit of isolation. Its records are in the store; how it was set up is one of them. */
import { randomUUID } from 'node:crypto';
import type { Settings } from '../ledger/ledger.ts';
import type { ScenarioUse } from '../scenarios/load-scenario.ts';
import type { Head, WorldId } from '../shared/shared.ts';
import type { Collection } from '../store/store.ts';
import { timeOf, type Clock } from '../time/clock.ts';

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
export type Setup = Head & {
  readonly id: 'setup';
  /** What a reset starts with again. */
  readonly start: StartOptions;
  /** The scenario's name. */
  readonly scenario: string;
  /** The provider states that it was made from; more are added until it is asked something. */
  readonly states: readonly ScenarioUse[];
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

/** One world of a sandbox, as it was when it was opened. Never changed: a change of its setup opens another one. */
export type Sandbox = {
  readonly name: string;
  readonly world: WorldId;
  readonly setup: Setup;
  readonly profile: 'wire' | 'strict';
  /** Every switchable row's choice in force. */
  readonly settings: Settings;
};

/**
 * The sandbox as its setup says. `defaults`: the ledger's choices. `server`: what the server was started with, which
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
  const { start, isImported, generation, journalId } = setup;
  const given = isImported ? [] : [server.settings, start.settings];
  const profile = isImported ? undefined : (start.profile ?? server.profile);
  return {
    name,
    world: { sandbox: name, generation, journalId },
    setup,
    profile: profile ?? setup.profile ?? 'wire',
    settings: Object.assign({}, defaults, setup.settings, ...given),
  };
}

/** Names a world or a journal that has not been there before, on any replica. */
export function newIdentity(): string {
  return randomUUID();
}

export function nowIn({ setup }: Sandbox, wallMs: number): number {
  return timeOf(setup.clock, wallMs);
}
