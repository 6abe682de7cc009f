/** Fills in the `{parameters}` of a scenario: those that it declares or that its provider states name. */
import { MockError } from '../errors.ts';
import { declaredParameters, resolveParams, type Params } from './parameters.ts';

export type { Params } from './parameters.ts';

/** A parameter in a text. The group is its name. */
export const PARAMETER = /\{([A-Za-z_]\w*)\}/g;
const WHOLE = /^\{([A-Za-z_]\w*)\}$/;

/** The names in braces in its sentences, then the other declared ones. */
export function parametersOf(scenario: unknown): readonly string[] {
  const named = sentencesOf(scenario).flatMap((sentence) =>
    [...sentence.matchAll(PARAMETER)].map(([, name = '']) => name),
  );
  return [...new Set([...named, ...Object.keys(declaredParameters(scenario))])];
}

/**
 * A text that consists of one parameter becomes the value itself, so a number stays a number. In a longer text, the value
 * is inserted as text. Throws `MockError` `broken-scenario` for a parameter without a value, or an unused value.
 */
export function fillParameters(scenario: unknown, params: Params, origin: string): unknown {
  const declared = new Set(parametersOf(scenario));
  const values = resolveParams(scenario, params, origin);
  const names = [...declared].join(', ') || 'none';
  const used = new Set<string>();
  const valueOf = (name: string): string | number | boolean => {
    used.add(name);
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined) return value;
    throw new MockError(
      'broken-scenario',
      `${origin} needs a value for the parameter {${name}}. Its parameters: ${names}.`,
      { pointer: `#/params/${name}` },
    );
  };
  const fillText = (text: string): unknown => {
    const whole = WHOLE.exec(text)?.[1];
    if (whole !== undefined && declared.has(whole)) return valueOf(whole);
    return text.replaceAll(PARAMETER, (found, name: string) =>
      declared.has(name) ? String(valueOf(name)) : found,
    );
  };
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return fillText(value);
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each)]));
  };
  const filled = declared.size > 0 ? fillBesideStates(scenario, fill) : scenario;
  const unused = Object.keys(params).find((name) => !used.has(name));
  if (unused === undefined) return filled;
  throw new MockError(
    'broken-scenario',
    `Nothing in ${origin} uses the parameter {${unused}}. Its parameters: ${names}.`,
    { pointer: `#/params/${unused}` },
  );
}

/** The sentences keep their braces, because consumers write them that way. */
function fillBesideStates(scenario: unknown, fill: (value: unknown) => unknown): unknown {
  const { providerStates, parameters, ...rest } = scenario as Record<string, unknown>;
  return {
    ...(providerStates !== undefined && { providerStates }),
    ...(parameters !== undefined && { parameters }),
    ...(fill(rest) as object),
  };
}

/** The sentences that a scenario's value lists. */
export function sentencesOf(scenario: unknown): readonly string[] {
  const states: unknown =
    typeof scenario === 'object' && scenario !== null && 'providerStates' in scenario
      ? scenario.providerStates
      : [];
  return Array.isArray(states) ? states.filter((state) => typeof state === 'string') : [];
}
