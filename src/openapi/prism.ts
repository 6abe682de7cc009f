/** What all our Prism instances share: no routing of its own, no logging, no security checks. */
import type { createInstance } from '@stoplight/prism-http';
import type { PrismOperation } from './read-operations.ts';

type Components = Parameters<typeof createInstance>[1];
type Logger = Components['logger'] & { success(): void };

function nothing(): void {}

const silent = {
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
  success: nothing,
  child: () => silent,
} as unknown as Logger;

/** fp-ts' Right: what Prism's components answer with. */
function right<T>(value: T): { readonly _tag: 'Right'; readonly right: T } {
  return { _tag: 'Right', right: value };
}

/** Handed a single operation, an instance routes to it: ours are found by `http/find-route.ts`. */
export const components: Components = {
  logger: silent,
  route: ({ resources }) => right(resources[0] as PrismOperation),
};

export const config = {
  isProxy: false,
  checkSecurity: false,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
} as const;
