/** Finds misspelt environment variables: nothing else would tell that they have no effect. */
import { findSimilar } from '../matching/nearest.ts';
import { isInjected } from './injected-variables.ts';
import type { Environment } from './options.ts';

const OURS = /^LICENSE_MOCK_/;

/** A sentence for each variable that starts with `LICENSE_MOCK_` and that no option reads. Sorted. */
export function describeUnknownVariables(
  environment: Environment,
  known: readonly string[],
): readonly string[] {
  return Object.entries(environment)
    .filter(
      ([name, text = '']) => OURS.test(name) && !known.includes(name) && !isInjected(name, text),
    )
    .map(([name]) => {
      const similar = findSimilar(name, known);
      const guess = similar === undefined ? '' : ` Did you mean ${similar}?`;
      return `${name} is set, but there is no such variable.${guess}`;
    })
    .toSorted();
}
