/** Gives a run of the tests one PostgreSQL for all its workers. */
import { givenUrl, startPostgres } from './postgres.ts';

/** Called by Vitest before the workers start, which inherit the variable. */
export async function setup(): Promise<() => Promise<void>> {
  if (givenUrl !== undefined) return async () => {};
  const postgres = await startPostgres();
  process.env['TEST_DATABASE_URL'] = postgres.url;
  return postgres.remove;
}
