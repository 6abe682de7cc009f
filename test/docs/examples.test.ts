/** The examples, run as they stand. Jest needs the built package: test/package/tarball.long.test.ts. */
import { execFile } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { fromSources } from '../support/package-sources.ts';

const root = path.join(import.meta.dirname, '../..');
const folder = realpathSync(testFolder());
const run = promisify(execFile);
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_TEST|LICENSE_MOCK)/.test(name)),
);

function copyExample(name: string): string {
  const target = path.join(folder, name);
  mkdirSync(target);
  for (const file of readdirSync(path.join(root, 'examples', name))) {
    const text = readFileSync(path.join(root, 'examples', name, file), 'utf8');
    writeFileSync(path.join(target, file), fromSources(text));
  }
  return target;
}

beforeAll(() => {
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
});

describe('the examples', () => {
  it('hold with Vitest: two files share one mock', async () => {
    const cwd = copyExample('vitest');
    const text = readFileSync(path.join(cwd, 'order.test.ts'), 'utf8');
    const says = `test('is there', ({ mock }) => console.log('mock at', mock.url));\n`;
    for (const name of ['order', 'other']) {
      writeFileSync(path.join(cwd, `${name}.test.ts`), `${text}\n${says}`);
    }
    const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', '--reporter=verbose', '--no-color'];
    const { stdout } = await run(process.execPath, args, { cwd, env: environment });
    expect(stdout).toMatch(/Tests +4 passed/);
    const urls = [...stdout.matchAll(/mock at (http:\S+)/g)].map(([, url]) => url);
    expect([urls.length, new Set(urls).size]).toEqual([2, 1]);
  });

  it('hold with node:test', async () => {
    const cwd = copyExample('node-test');
    const args = ['--test', '--test-reporter=tap'];
    const { stdout } = await run(process.execPath, args, { cwd, env: environment });
    expect(stdout).toMatch(/^# pass 1$/m);
  });
});
