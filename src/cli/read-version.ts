/** The version of this package. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export function readVersion(): string {
  // The same number of folders up in a clone and in the package.
  const file = path.join(import.meta.dirname, '../../package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}
