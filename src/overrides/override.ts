/** Overrides as a sandbox keeps them. */
import type { Effect, Override, Rule } from '../control-api/control-api.ts';
import type { Collection } from '../store/store.ts';

/** An effect that does not stand for another one. */
export type PlainEffect = Exclude<Effect, { readonly preset: unknown }>;

/** What goes wrong on the wire: before the state changes (`reset-before`, `hang`) or after. */
export type WireFault = NonNullable<Effect['fault']>;

export const overrides: Collection<Rule> = { name: 'mock.overrides', key: 'id', indexes: [] };

/** A rule as it starts; `number` is the collection's next id. */
export function createRule(override: Override, number: number): Rule {
  return { ...override, id: String(number), calls: 0, hits: 0 };
}

/** Sorts rules in the order they were set: ids hold a counter, so that a longer one is later. */
export function compareRules(a: Rule, b: Rule): number {
  return a.id.length - b.id.length || (a.id < b.id ? -1 : Number(a.id > b.id));
}
