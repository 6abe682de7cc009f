/** Compiles the specs before the tests, if they or the code that reads them have changed since. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { NAMES } from '../../src/openapi/compile-ahead.ts';
import { findCompiled } from '../../src/openapi/compiled-specs.ts';
import { readText } from '../../src/yaml/read-text.ts';

const root = path.join(import.meta.dirname, '../..');

export function setup(): void {
  const isCompiled = NAMES.every((name) => {
    const file = path.join(root, 'specs', `${name}.yaml`);
    return findCompiled(name, file, readText(file)) !== undefined;
  });
  if (isCompiled) return;
  execFileSync(process.execPath, [path.join(root, 'src/compile-ahead.js')], { stdio: 'inherit' });
}
