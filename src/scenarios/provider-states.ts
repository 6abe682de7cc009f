/** Finds the scenario that defines a provider state, and the values of its parameters. */
import { findNearest } from '../matching/nearest.ts';
import { PARAMETER, type Params } from './fill-parameters.ts';
import { toText, toTyped } from './parameters.ts';

/** A sentence that a scenario lists under `providerStates`. */
export type ServedState = {
  /** As `loadScenario` takes it. */
  readonly scenario: string;
  readonly sentence: string;
};

export type FoundState = ServedState & {
  /**
   * Values to load the scenario with, the first that it takes: as they came, then read as numbers and booleans, then as
   * texts. A parameter that the scenario declares has its type from there; the others may be of any.
   */
  readonly attempts: readonly Params[];
};

const SHOWN = 5;

/**
 * Matches the sentence as listed, with its values in `params`, or with the values filled in; then `params` win.
 * Undefined: no scenario defines the state. If several do, the first one is used.
 */
export function findProviderState(
  served: readonly ServedState[],
  state: string,
  params: Params,
): FoundState | undefined {
  const listed = served.find(({ sentence }) => sentence === state);
  if (listed) {
    const [typed, texts] = [mapValues(params, toTypedValue), mapValues(params, toText)];
    return { ...listed, attempts: [params, typed, texts] };
  }
  for (const each of served) {
    const values = readSentence(each.sentence, state);
    if (!values) continue;
    const texts = { ...values, ...params };
    const typed = { ...mapValues(values, toTypedValue), ...params };
    return { ...each, attempts: [texts, typed] };
  }
  return undefined;
}

/** The sentences that are most similar to an unknown state. */
export function nearestStates(served: readonly ServedState[], state: string): readonly string[] {
  return findNearest(
    state,
    served.map(({ sentence }) => sentence),
    SHOWN,
  );
}

/** `a license with id {id} exists` read from `a license with id 7 exists`: `{ id: '7' }`. */
function readSentence(sentence: string, state: string): Record<string, string> | undefined {
  // Splitting at the parameters gives text, name, text, name, … and text.
  const parts = sentence.split(PARAMETER);
  const names = parts.filter((_, i) => i % 2 === 1);
  if (names.length === 0) return undefined;
  const texts = parts.filter((_, i) => i % 2 === 0).map(escapeText);
  const pattern = new RegExp(`^${texts.join('(.+?)')}$`, 's');
  const values = pattern.exec(state)?.slice(1);
  return values && Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
}

function escapeText(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function toTypedValue(value: Params[string]): Params[string] {
  return typeof value === 'string' ? toTyped(value) : value;
}

function mapValues(params: Params, change: (value: Params[string]) => Params[string]): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, change(value)]));
}
