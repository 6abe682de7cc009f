import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../../test/support/folder.ts';
import { makeFolderOf } from './make-folder.ts';

it('makes every folder above a file, and none twice', () => {
  const file = path.join(testFolder(), 'a/b/c.txt');
  makeFolderOf(file);
  makeFolderOf(file);
  expect([existsSync(path.dirname(file)), existsSync(file)]).toEqual([true, false]);
});

it.skipIf(process.platform !== 'linux')('fails where the system allows no folder', () => {
  expect(() => makeFolderOf('/proc/license-mock/a.har')).toThrow(/ENOENT|EACCES|EPERM/);
});
