/** The headers that a spec documents for its answers. */
import type { Spec } from './spec.ts';

/** In the spec's spelling, without duplicates. */
export function responseHeadersOf({ operations }: Spec): readonly string[] {
  const byName = new Map<string, string>();
  for (const { prism } of operations) {
    for (const { name } of prism.responses.flatMap(({ headers = [] }) => headers)) {
      byName.set(name.toLowerCase(), name);
    }
  }
  return [...byName.values()];
}
