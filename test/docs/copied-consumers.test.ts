/** The consumer tests, copied into a project as docs/contracts.md says, write their contract there. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';

const root = path.join(import.meta.dirname, '../..');

it(
  'write into contracts/ of the project, wherever in it they are',
  { timeout: 60_000 },
  async () => {
    const project = path.join(realpathSync(testFolder()), 'shop');
    const pact = path.join(project, 'src/pact');
    mkdirSync(pact, { recursive: true });
    for (const name of ['write-contract.ts', 'seat-shop']) {
      cpSync(path.join(root, 'test/consumers', name), path.join(pact, name), { recursive: true });
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'));
    const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
    // In CI, vitest writes no file that is not there.
    const { CI: _, ...environment } = process.env;
    const kept = Object.entries(environment).filter(([name]) => !name.startsWith('VITEST'));
    await promisify(execFile)(process.execPath, [vitest, 'run'], {
      cwd: project,
      env: Object.fromEntries(kept),
    });
    const name = 'seat-shop-ibl.json';
    expect(readFileSync(path.join(project, 'contracts', name), 'utf8')).toBe(
      readFileSync(path.join(root, 'contracts', name), 'utf8'),
    );
    expect(readdirSync(project).toSorted()).toEqual(['contracts', 'node_modules', 'src']);
  },
);
