/** How often a property is tried. `npm run test:long` tries all runs, `npm test` a third of them. */

/** Set by vitest.long.config.ts, which also names the files that use this module. */
export const isLong = process.env['TEST_ALL_RUNS'] === 'true';

export function runs(all: number): number {
  return isLong ? all : Math.ceil(all / 3);
}
