import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PACKAGE_FOLDER } from '../package-folder.ts';
import { findKnownValue } from './known-values.ts';
import { parseYaml } from './yaml-document.ts';

const files = globSync(['specs/ledger.yaml', 'scenarios/*.yaml'], { cwd: PACKAGE_FOLDER });

describe('what was read from our texts ahead', () => {
  it.each(files)('is what is read from %s', (file) => {
    const text = readFileSync(path.join(PACKAGE_FOLDER, file), 'utf8');
    expect(findKnownValue(text)?.value).toEqual(parseYaml(text).value);
  });

  it('is not that of a text that has changed', () => {
    const text = readFileSync(path.join(PACKAGE_FOLDER, 'specs/ledger.yaml'), 'utf8');
    expect(findKnownValue(`${text}\n`)).toBeUndefined();
  });
});
