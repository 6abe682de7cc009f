/** `license-mock init` writes a project to start from, and what it writes holds. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { fromSources } from '../support/package-sources.ts';
import { runHere } from '../support/run-here.ts';

const folder = testFolder();
const run = (...args: readonly string[]) => runHere(args, { cwd: folder });
const FILES = [
  'scenarios/mine.yaml',
  'test/licenses.test.mjs',
  'contracts/my-app-ibl.json',
  '.github/workflows/licenses.yml',
];

it('writes files into the folder; they hold; and it overwrites none', async () => {
  const first = await run('init');
  expect(first.code).toBe(0);
  for (const file of FILES) {
    expect(first.stdout).toContain(`wrote  ${file}`);
    expect(existsSync(path.join(folder, file))).toBe(true);
  }
  expect(first.stdout).toMatch(/^ {2}npm init --yes .*\n {2}npm install --save-dev PACKAGE /m);
  expect((await run('check')).stdout).toContain('1 checked, 0 with faults');
  expect((await run('verify')).stdout).toContain('HELD: 1 interaction, 1 held');

  const test = path.join(folder, 'test/licenses.test.mjs');
  writeFileSync(test, fromSources(readFileSync(test, 'utf8')));
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(?:VITEST|NODE_TEST|LICENSE_MOCK)/.test(name),
    ),
  );
  const args = ['--test', '--test-reporter=tap', 'test/licenses.test.mjs'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, env });
  expect(stdout).toMatch(/^# pass 1$/m);

  writeFileSync(path.join(folder, 'scenarios/mine.yaml'), 'name: mine\n');
  const manifest = '{ "devDependencies": { "license-mock": "*" } }';
  writeFileSync(path.join(folder, 'package.json'), manifest);
  const second = await run('init');
  expect(second.stdout).not.toMatch(/npm (?:init|install)/);
  expect(second.stdout).toContain('npx license-mock --scenario mine ');
  for (const file of FILES) expect(second.stdout).toContain(`kept   ${file}, which was there`);
  expect(readFileSync(path.join(folder, 'scenarios/mine.yaml'), 'utf8')).toBe('name: mine\n');
});

it('has git ignore the data, once, and only in a repository', async () => {
  const file = path.join(folder, '.gitignore');
  rmSync(file, { force: true });
  const outside = await run('init');
  expect(outside.stdout).not.toContain('.gitignore');
  expect(existsSync(file)).toBe(false);

  mkdirSync(path.join(folder, '.git'));
  const wrote = 'wrote  .gitignore, so that git ignores .license-mock';
  expect((await run('init')).stdout).toContain(wrote);
  expect(readFileSync(file, 'utf8')).toBe('.license-mock/\n');
  const kept = 'kept   .gitignore, which has .license-mock';
  expect((await run('init')).stdout).toContain(kept);
  expect(readFileSync(file, 'utf8')).toBe('.license-mock/\n');

  writeFileSync(file, 'node_modules');
  expect((await run('init')).stdout).toContain('added  .license-mock/ to .gitignore');
  expect(readFileSync(file, 'utf8')).toBe('node_modules\n.license-mock/\n');
  for (const line of ['.license-mock', '/.license-mock/']) {
    writeFileSync(file, `dist\r\n${line}\r\n`);
    expect((await run('init')).stdout).toContain(kept);
  }
});
