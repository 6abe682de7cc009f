/** Compiles the specs before the tests, if they, our other texts or the code that reads them have changed since. */
import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';
import { NAMES } from '../../src/openapi/compile-ahead.ts';
import { findCompiled } from '../../src/openapi/compiled-specs.ts';
import { findKnownValue } from '../../src/yaml/known-values.ts';
import { readText } from '../../src/yaml/read-text.ts';

const root = path.join(import.meta.dirname, '../..');

export function setup(): void {
  const isCompiled = NAMES.every((name) => {
    const file = path.join(root, 'specs', `${name}.yaml`);
    return findCompiled(name, file, readText(file)) !== undefined;
  });
  const isRead = globSync(['specs/ledger.yaml', 'scenarios/*.yaml'], { cwd: root }).every(
    (file) => findKnownValue(readText(path.join(root, file))) !== undefined,
  );
  if (isCompiled && isRead) return;
  execFileSync(process.execPath, [path.join(root, 'src/compile-ahead.js')], { stdio: 'inherit' });
}
