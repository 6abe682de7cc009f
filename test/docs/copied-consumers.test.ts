/** The consumer tests, copied into a project by the commands of docs/contracts.md, write their contract there. */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { shellBlocks } from '../support/shell-blocks.ts';
import { testFolder } from '../support/folder.ts';

const root = path.join(import.meta.dirname, '../..');

it('write into contracts/ of the project', { timeout: 60_000 }, async () => {
  const project = path.join(realpathSync(testFolder()), 'shop');
  const modules = path.join(project, 'node_modules');
  mkdirSync(modules, { recursive: true });
  symlinkSync(root, path.join(modules, 'license-mock'));
  for (const name of ['vitest', '@pact-foundation']) {
    symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name));
  }
  const block = shellBlocks('docs/contracts.md').find((text) => text.includes('write-contract.ts'));
  const copying = (block ?? '').split('\n').filter((line) => /^(?:mkdir|cp) /.test(line));
  expect(copying).toHaveLength(3);
  // In CI, vitest writes no file that is not there.
  const { CI: _, ...environment } = process.env;
  const env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith('VITEST')),
  );
  const run = promisify(execFile);
  await run('sh', ['-ec', copying.join('\n')], { cwd: project, env });
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  await run(process.execPath, [vitest, 'run'], { cwd: project, env });

  const contract = path.join('contracts', 'seat-shop-ibl.json');
  expect(readFileSync(path.join(project, contract), 'utf8')).toBe(
    readFileSync(path.join(root, contract), 'utf8'),
  );
  expect(readdirSync(project).toSorted()).toEqual(['contracts', 'node_modules', 'test']);
});
