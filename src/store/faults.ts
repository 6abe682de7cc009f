/** Errors that all drivers throw, with the same messages. */
import { MockError } from '../errors.ts';
import type { Key } from './store.ts';

export const SANDBOX_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Throws `bad-sandbox-name`. */
export function checkSandboxName(name: string): void {
  if (SANDBOX_NAME.test(name)) return;
  throw new MockError(
    'bad-sandbox-name',
    `${JSON.stringify(name)} is not a valid sandbox name. Use 1 to 64 of a-z, 0-9 and -, and do not start with -.`,
  );
}

export function noSuchSandbox(name: string): MockError {
  return new MockError(
    'no-such-sandbox',
    `Sandbox "${name}" does not exist. Create it first, or choose one from the list of sandboxes.`,
  );
}

export function keyTaken(collection: string, keyField: string, key: Key): MockError {
  return new MockError(
    'duplicate-key',
    `${collection}: a record with ${keyField} ${JSON.stringify(key)} already exists. Use another key, or update that record.`,
  );
}

export function valueTaken(collection: string, field: string, value: unknown): MockError {
  return new MockError(
    'duplicate-key',
    `${collection}: ${field} ${JSON.stringify(value)} belongs to another record. Use another value, or change that record.`,
  );
}

export function noSuchRecord(collection: string, key: Key): MockError {
  return new MockError(
    'no-such-record',
    `${collection}: no record has the key ${JSON.stringify(key)}. Insert it before you update it.`,
  );
}

/** For content passed to `replace`. */
export function unknownCollection(name: string): MockError {
  return new MockError(
    'damaged-data',
    `The content has an unknown collection "${name}". Remove it, or use the version of license-mock that wrote it.`,
  );
}

/** The errors below are bugs in our own code, which users cannot fix. */
export function undeclaredCollection(name: string): Error {
  return new Error(`The store was opened without the collection "${name}"; pass it to the driver.`);
}

export function transactionEnded(collection: string): Error {
  return new Error(`${collection} was used after its transaction ended. Await each call.`);
}

export function storeClosed(): Error {
  return new Error('The store is closed.');
}
