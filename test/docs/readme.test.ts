/** Every TypeScript snippet of the README is checked and run, as it stands there. */
import { execFile } from 'node:child_process';
import {
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

/** What the package exports, as it is in a clone. */
const sources: Readonly<Record<string, string>> = {
  'license-mock': path.join(root, 'src/index.ts'),
  'license-mock/vitest': path.join(root, 'src/vitest.ts'),
};

const snippets = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ''], i) => {
  const imports = Object.keys(sources).filter((name) => code.includes(`from '${name}'`));
  const isTest = /from '(?:vitest|license-mock\/vitest)'/.test(code);
  const line = readme.slice(0, readme.indexOf(code)).split('\n').length;
  const text = imports.reduce(
    (changed, name) => changed.replaceAll(`from '${name}'`, `from '${sources[name] ?? ''}'`),
    code,
  );
  return { name: `line ${line}`, file: `snippet-${i}.${isTest ? 'test.ts' : 'ts'}`, isTest, text };
});

/** A project of its own, that has our dependencies. */
const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'license-mock-readme-'));
const run = promisify(execFile);

beforeAll(() => {
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
  write('package.json', '{ "type": "module" }');
  write(
    'vitest.config.js',
    "export default { test: { include: ['*.test.ts'], fileParallelism: false } }",
  );
  write(
    'tsconfig.json',
    JSON.stringify({
      extends: path.join(root, 'tsconfig.json'),
      // Our sources are named by their whole path here.
      compilerOptions: { rewriteRelativeImportExtensions: false },
      include: ['*.ts'],
    }),
  );
  for (const { file, text } of snippets) write(file, text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As vitest's JSON reporter has it. */
type FileResult = {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly { readonly failureMessages: readonly string[] }[];
};

describe('the snippets of the README', () => {
  it('are there', () => {
    expect(snippets.length).toBeGreaterThanOrEqual(6);
  });

  it('have right types', { timeout: 60_000 }, async () => {
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = await run(process.execPath, [tsc, '--noEmit'], { cwd: folder }).catch(
      (failed: { readonly stdout: string }) => failed,
    );
    // What is wrong in our own sources is for `npm run types`.
    expect(stdout.split('\n').filter((line) => line.startsWith('snippet-'))).toEqual([]);
  });

  it.each(snippets.filter(({ isTest }) => !isTest))('run: $name', async ({ file }) => {
    const { stderr } = await run(process.execPath, [file], { cwd: folder, timeout: 20_000 });
    expect(stderr).toBe('');
  });

  it('hold as tests', { timeout: 60_000 }, async () => {
    const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
    const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'));
    const args = [vitest, 'run', '--reporter=json', '--outputFile=report.json'];
    // Where one fails it exits with 1; which, the report says.
    await run(process.execPath, args, { cwd: folder, env: Object.fromEntries(environment) }).catch(
      () => {},
    );
    const report = readFileSync(path.join(folder, 'report.json'), 'utf8');
    const { testResults } = JSON.parse(report) as { readonly testResults: FileResult[] };
    const results = testResults.map(({ name, status, message, assertionResults }) => ({
      file: path.basename(name),
      status,
      failures: [message, ...assertionResults.flatMap((each) => each.failureMessages)].join(''),
    }));
    expect(results.toSorted((a, b) => a.file.localeCompare(b.file))).toEqual(
      snippets
        .filter(({ isTest }) => isTest)
        .map(({ file }) => ({ file, status: 'passed', failures: '' })),
    );
  });
});
