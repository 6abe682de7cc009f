/** A sandbox: the unit of isolation. The store holds its records, including its setup. */
import { randomUUID } from 'node:crypto';
import type { UpstreamMode } from '../config/upstream-options.ts';
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
  /** Whether tokens that no scenario lists are accepted as well. */
  readonly acceptAnyToken: boolean;
  readonly profile: 'wire' | 'strict' | undefined;
  /** `--set`: over a scenario's own settings. */
  readonly settings: Settings;
};

/** Start options of a sandbox. The defaults come from the server, then from the scenario. */
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

/** What a sandbox was created with, plus later changes through the control API. */
export type Setup = Head & {
  readonly id: 'setup';
  /** The start options that a reset uses again. */
  readonly start: StartOptions;
  /** The scenario's name. */
  readonly scenario: string;
  /** What it was made from. Undefined: by version 0.1, which did not keep it. */
  readonly madeFrom?: {
    /** As `fingerprintOf` has it. */
    readonly scenario: string;
    /** As `parseClock` reads it. */
    readonly clock: string;
  };
  /** The provider states that it was created from. More can be added until its first request. */
  readonly states: readonly ScenarioUse[];
  readonly seed: number;
  readonly clock: Clock;
  readonly references: 'open' | 'closed';
  /** The scenario's own profile. */
  readonly profile?: 'wire' | 'strict';
  /** The scenario's ledger choices. */
  readonly settings: Settings;
  /** What a call changed since the world began. It overrides everything else. */
  readonly changed?: {
    readonly profile?: 'wire' | 'strict' | undefined;
    readonly settings?: Settings;
    /** By vendor, what its upstream is used for. */
    readonly upstreams?: Readonly<Record<string, UpstreamMode>>;
  };
  /** True: an imported state, which defines everything. The server's options and `start` have no influence. */
  readonly isImported?: true;
  /** By vendor name, what the vendor keeps of its section besides records. */
  readonly configs: Readonly<Record<string, unknown>>;
};

export const setups: Collection<Setup> = { name: 'mock.setup', key: 'id', indexes: [] };

/** One world of a sandbox, as it was when it was opened. Immutable: a change of its setup opens another one. */
export type Sandbox = {
  readonly name: string;
  readonly world: WorldId;
  readonly setup: Setup;
  readonly profile: 'wire' | 'strict';
  readonly acceptsAnyToken: boolean;
  /** The current choice of every row that has choices. */
  readonly settings: Settings;
};

/**
 * The sandbox that its setup describes. `defaults`: the default choices of the ledger. `server`: the options of the
 * server, which override the scenario; the start options of the sandbox override both.
 */
export function openSandbox(
  name: string,
  setup: Setup,
  {
    defaults,
    server,
  }: {
    readonly defaults: Settings;
    readonly server: Pick<Defaults, 'profile' | 'settings' | 'acceptAnyToken'>;
  },
): Sandbox {
  const { start, isImported, generation, journalId } = setup;
  const given = isImported ? [] : [server.settings, start.settings];
  const profile = isImported ? undefined : (start.profile ?? server.profile);
  return {
    name,
    world: { sandbox: name, generation, journalId },
    setup,
    acceptsAnyToken: server.acceptAnyToken,
    profile: setup.changed?.profile ?? profile ?? setup.profile ?? 'wire',
    settings: Object.assign({}, defaults, setup.settings, ...given, setup.changed?.settings),
  };
}

/** Returns a name for a world or a journal that is unique across all replicas. */
export function newIdentity(): string {
  return randomUUID();
}

export function nowIn({ setup }: Sandbox, wallMs: number): number {
  return timeOf(setup.clock, wallMs);
}
