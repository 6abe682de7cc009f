/** The errors that users see where the database fails. */
import { MockError, messageOf } from '../errors.ts';
import { DatabaseError } from './database.ts';

/** For a change: whether it was stored may be unknown. */
export function notStored(cause: DatabaseError): MockError {
  return new MockError(
    'not-stored',
    `The database did not confirm the change: ${messageOf(cause)}. It was stored whole or not at all. Check the database, then try again.`,
    { cause },
  );
}

/** For a question. */
export function unavailable(cause: DatabaseError): MockError {
  return new MockError(
    'database-unavailable',
    `The database did not answer: ${messageOf(cause)}. Check the database, then try again.`,
    { cause },
  );
}

/** Resolves as `job` does. Errors of the database become those that `fault` makes. */
export async function explaining<T>(
  fault: (cause: DatabaseError) => MockError,
  job: () => Promise<T>,
): Promise<T> {
  try {
    return await job();
  } catch (cause) {
    throw cause instanceof DatabaseError ? fault(cause) : cause;
  }
}
