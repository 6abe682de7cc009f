/** Every TypeScript snippet of the README is checked and run, as it stands there. */
import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromSources } from '../support/package-sources.ts';
import { allPassed, runSnippetTests, snippets } from '../support/readme-snippets.ts';

const root = path.join(import.meta.dirname, '../..');

/** A project of its own, that has our dependencies. */
const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'license-mock-readme-'));
const run = promisify(execFile);

beforeAll(() => {
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
  write('package.json', '{ "type": "module" }');
  write(
    'tsconfig.json',
    JSON.stringify({
      extends: path.join(root, 'tsconfig.json'),
      // Our sources are named by their whole path here.
      compilerOptions: { rewriteRelativeImportExtensions: false },
      include: ['*.ts'],
    }),
  );
  for (const { file, text } of snippets) write(file, fromSources(text));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the snippets of the README', () => {
  it('are there', () => {
    expect(snippets.length).toBeGreaterThanOrEqual(6);
  });

  it('have right types', async () => {
    const tsc = path.join(root, 'node_modules/.bin/tsc');
    const { stdout } = await run(process.execPath, [tsc, '--noEmit'], { cwd: folder }).catch(
      (failed: { readonly stdout: string }) => failed,
    );
    // What is wrong in our own sources is for `npm run types`.
    expect(stdout.split('\n').filter((line) => line.startsWith('snippet-'))).toEqual([]);
  });

  it.each(snippets.filter(({ isTest }) => !isTest))('run: $name', async ({ file }) => {
    const { stderr } = await run(process.execPath, [file], { cwd: folder });
    expect(stderr).toBe('');
  });

  it('hold as tests', async () => {
    expect(await runSnippetTests(folder)).toEqual(allPassed);
  });
});
