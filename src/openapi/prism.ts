/** The only Prism instance, without routing and logging. Each request says what to check. */
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

/** fp-ts' Right, the type of results of Prism's components. */
function right<T>(value: T): { readonly _tag: 'Right'; readonly right: T } {
  return { _tag: 'Right', right: value };
}

/** Routes to the given operation, because `http/find-route.ts` has already found it. */
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

/** Loads Prism on first use, because the package with its generators takes 50 MB and a quarter of a second. */
export function loadPrism(): Promise<Prism> {
  prism ??= import('@stoplight/prism-http').then((loaded) =>
    loaded.createInstance(config, components),
  );
  return prism;
}
