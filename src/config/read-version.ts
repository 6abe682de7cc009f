/** The version of this package. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** package.json is the same number of folders up in a clone and in the package. */
export function readVersion(): string {
  const file = path.join(import.meta.dirname, '../../package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}
