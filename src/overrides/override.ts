/** A rule that changes what an operation answers: as it is posted, and as a sandbox keeps it. */
import type { RequestPattern } from '../matching/pattern.ts';
import type { Collection } from '../store/store.ts';
import type { Json } from '../messages/json.ts';

export const errorKinds = [
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'rate-limited',
  'server-error',
  'unavailable',
] as const;

/** A refusal that every vendor words in its own form. */
export type ErrorKind = (typeof errorKinds)[number];

export const faults = ['reset-before', 'reset-after', 'truncate', 'hang'] as const;

/** What goes wrong on the wire: before the state changes (`reset-before`, `hang`) or after. */
export type WireFault = (typeof faults)[number];

export const presetNames = [
  'rate-limited',
  'flaky',
  'slow',
  'outage',
  'lost-answer',
  'expired-token',
  'maintenance',
] as const;

export type PresetName = (typeof presetNames)[number];

/** An answer of the test's own; one that names its `content-type` is sent as `encodeReply` says. */
export type FixedReply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
};

/** What happens, part by part; `checkOverride` says which parts go together. */
export type PlainEffect = {
  /** Answered in the handler's place; nothing is stored. */
  readonly reply?: FixedReply | { readonly error: ErrorKind };
  /** A JSON merge patch (RFC 7396) of the handler's answer. */
  readonly patch?: Json;
  readonly delay?: { readonly ms: number } | { readonly minMs: number; readonly maxMs: number };
  /** Calls past `limit` in a window are refused; until then the rule does nothing, its other parts included. */
  readonly rateLimit?: { readonly limit: number; readonly windowSeconds: number };
  readonly fault?: WireFault;
};

export type Effect = PlainEffect & { readonly preset?: PresetName };

/** As posted. A part that is left out leaves that open. */
export type Override = {
  readonly vendor?: string;
  readonly operation?: string;
  readonly when?: Pick<RequestPattern, 'method' | 'path' | 'headers' | 'query'> & {
    /** Only the n-th call that all else matches, counted since the rule was set. */
    readonly call?: number;
    /** A subset of the decoded body. */
    readonly body?: Json;
  };
  /** How often it acts at most. */
  readonly atMost?: number;
  /** In how many of the calls it acts, 0 to 1; drawn from the sandbox's seed. */
  readonly probability?: number;
  readonly effect: Effect;
};

/** As a sandbox keeps it. */
export type Rule = Override & {
  readonly id: string;
  /** Calls it matched since it was set, whether it acted or not. */
  readonly calls: number;
  /** Calls it acted on. */
  readonly hits: number;
};

export const overrides: Collection<Rule> = { name: 'mock.overrides', key: 'id', indexes: [] };

/** A rule as it starts; `number` is the collection's next id. */
export function createRule(override: Override, number: number): Rule {
  return { ...override, id: String(number), calls: 0, hits: 0 };
}

/** Sorts rules in the order they were set: ids hold a counter, so that a longer one is later. */
export function compareRules(a: Rule, b: Rule): number {
  return a.id.length - b.id.length || (a.id < b.id ? -1 : Number(a.id > b.id));
}
