/** Combines several scenarios into one, for a Pact interaction with several provider states. */
import { isDeepStrictEqual } from 'node:util';
import { MockError } from '../errors.ts';

export type ScenarioDocument = {
  readonly origin: string;
  /** With its parameters filled in. */
  readonly value: unknown;
};

/** Fields that do not describe the state and may differ. */
const OWN = new Set(['name', 'description', 'providerStates', 'parameters']);
const IDENTITIES = ['key', 'id', 'token'];

/**
 * Combines lists: merges items with the same `key`, `id` or `token`, and removes duplicates. Throws `MockError`
 * `broken-scenario` if two scenarios contradict each other, also if one has an empty list (`[]`) where the other has items.
 */
export function composeDocuments(documents: readonly ScenarioDocument[]): unknown {
  const origins = documents.map(({ origin }) => origin);
  let composed: unknown = {};
  documents.forEach(({ value, origin }, index) => {
    const content = Object.entries((value ?? {}) as object).filter(([key]) => !OWN.has(key));
    const sides = { before: origins.slice(0, index).join(' and '), origin };
    composed = merge(composed, Object.fromEntries(content), '', sides);
  });
  return composed;
}

type Sides = { readonly before: string; readonly origin: string };

function merge(one: unknown, other: unknown, at: string, sides: Sides): unknown {
  if (one === undefined || isDeepStrictEqual(one, other)) return other;
  if (Array.isArray(one) && Array.isArray(other)) return mergeLists(one, other, at, sides);
  if (isObject(one) && isObject(other)) {
    const merged = { ...one };
    for (const [key, value] of Object.entries(other)) {
      const place = at === '' ? key : `${at}.${key}`;
      merged[key] = merge(merged[key], value, place, sides);
    }
    return merged;
  }
  throw contradiction(at, show(one), show(other), sides);
}

function mergeLists(
  one: readonly unknown[],
  other: readonly unknown[],
  at: string,
  sides: Sides,
): unknown {
  if ((one.length === 0) !== (other.length === 0)) {
    throw contradiction(at, count(one), count(other), sides);
  }
  const merged = [...one];
  for (const item of other) {
    const same = merged.findIndex((each) => isDeepStrictEqual(each, item) || isSame(each, item));
    if (same === -1) merged.push(item);
    else merged[same] = merge(merged[same], item, `${at}[${same}]`, sides);
  }
  return merged;
}

/** Compares by the first identity that both have. */
function isSame(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return false;
  const name = IDENTITIES.find((each) => each in one && each in other);
  return name !== undefined && one[name] === other[name];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function contradiction(at: string, one: string, other: string, sides: Sides): MockError {
  return new MockError(
    'broken-scenario',
    `These provider states contradict each other: of ${at}, ${sides.before} says ${one} and ${sides.origin} says ${other}. Use states that can be true at the same time.`,
    { pointer: '#/state' },
  );
}

function show(value: unknown): string {
  return JSON.stringify(value).slice(0, 80);
}

function count(list: readonly unknown[]): string {
  return list.length === 0 ? 'that there are none' : `that there are ${list.length}`;
}
