/** The one Prism instance: no routing of its own, no logging. What it checks is said with each request. */
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
const components: Components = {
  logger: silent,
  route: ({ resources }) => right(resources[0] as PrismOperation),
};

export const config = {
  isProxy: false,
  checkSecurity: false,
  validateRequest: false,
  validateResponse: false,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
} as const;

type Prism = ReturnType<typeof createInstance>;

let prism: Promise<Prism> | undefined;

/** Loaded when it is first needed: the package with its generators takes 50 MB and a quarter of a second. */
export function loadPrism(): Promise<Prism> {
  prism ??= import('@stoplight/prism-http').then((loaded) =>
    loaded.createInstance(config, components),
  );
  return prism;
}
