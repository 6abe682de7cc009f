/** The version of this package. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PACKAGE_FOLDER } from '../package-folder.ts';

export function readVersion(): string {
  const file = path.join(PACKAGE_FOLDER, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}
