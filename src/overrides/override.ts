/** Overrides as a sandbox stores them. */
import type { Effect, Override, Rule } from '../control-api/control-api.ts';
import type { Collection } from '../store/store.ts';

/** An effect that is not a preset. */
export type PlainEffect = Exclude<Effect, { readonly preset: unknown }>;

/** A network fault: before the state changes (`reset-before`, `hang`) or after. */
export type WireFault = NonNullable<Effect['fault']>;

export const overrides: Collection<Rule> = { name: 'mock.overrides', key: 'id', indexes: [] };

/** A new rule. `number` is the next id of the collection. */
export function createRule(override: Override, number: number): Rule {
  return { ...override, id: String(number), calls: 0, hits: 0 };
}

/** Sorts rules in the order in which they were added. Ids contain a counter, so a longer id is later. */
export function compareRules(a: Rule, b: Rule): number {
  return a.id.length - b.id.length || (a.id < b.id ? -1 : Number(a.id > b.id));
}
