/** A sandbox, its clock, snapshots and state, as the control API takes and gives them (specs/control.yaml). */

/** What a sandbox starts with. What is left out is as the server was started, and else as the scenario says. */
export type StartOptions = {
  /** A scenario's name, or a file of the server's machine: `demo`, `./mine.yaml`. */
  readonly scenario?: string;
  /** Values for the scenario's `{parameters}`. */
  readonly params?: Readonly<Record<string, string | number | boolean>>;
  /** What made-up values and probabilities follow from: 0 to 4294967295. */
  readonly seed?: number;
  /**
   * An ISO 8601 instant, `2026-01-01T00:00:00Z`: the clock is frozen there. `now`: real time. `now-30d`, `now+1y`:
   * it runs so much behind or ahead.
   */
  readonly clock?: string;
  /** `wire`: what the vendor's stack tolerates is tolerated, with a warning. `strict`: it is refused. */
  readonly profile?: 'wire' | 'strict';
  /** Ledger choices by row: `{ 'IBL-PAGE-LINKS': 'integers' }`. */
  readonly settings?: Readonly<Record<string, string | number>>;
};

/** What a clock shows. */
export type ClockReading = {
  readonly mode: 'running' | 'frozen';
  /** ISO 8601 in UTC, with milliseconds. */
  readonly now: string;
};

/** How a sandbox stands. */
export type SandboxView = {
  readonly name: string;
  /** The scenario that its state came from. */
  readonly scenario: string;
  readonly seed: number;
  readonly clock: ClockReading;
  readonly profile: 'wire' | 'strict';
  /** The choice in force of every ledger row that can be switched. */
  readonly settings: Readonly<Record<string, string>>;
  /** How many records each collection has: `{ 'ibl.licenses': 40 }`. */
  readonly records: Readonly<Record<string, number>>;
  /** What to put before the vendors' paths to be in it: `http://127.0.0.1:4010/_sandbox/checkout`. */
  readonly url: string;
};

/** A sandbox in the list of them; what is null is not in memory. */
export type SandboxItem = Pick<SandboxView, 'name' | 'url'> & {
  readonly scenario: string | null;
  readonly clock: ClockReading | null;
};

export type SnapshotView = Pick<SandboxView, 'name' | 'scenario' | 'seed' | 'clock' | 'records'> & {
  /** Real time, ISO 8601. */
  readonly takenAt: string;
};

/** A whole state: a scenario document, valid as a scenario file. Its fields are those of scenarios/scenario.schema.json. */
export type StateDocument = Readonly<Record<string, unknown>>;
