/** The TypeScript snippets of README.md, docs/testing.md and docs/life-of-a-license.md, and how those that are tests are run. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.join(import.meta.dirname, '../..');
const documents = ['README.md', 'docs/testing.md', 'docs/life-of-a-license.md'].map((file) => ({
  file,
  document: readFileSync(path.join(root, file), 'utf8'),
}));

type Snippet = {
  /** Where it stands: `README.md, snippet 2`. */
  readonly name: string;
  /** What it is called in a project that runs it: `snippet-0.ts`, `snippet-1.test.ts`. */
  readonly file: string;
  /** True: vitest runs it. */
  readonly isTest: boolean;
  readonly text: string;
};

export const snippets: readonly Snippet[] = documents
  .flatMap(({ file, document }) =>
    [...document.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = ''], i) => ({
      text,
      name: `${file}, snippet ${i + 1}`,
    })),
  )
  .map(({ text, name }, i) => {
    const isTest = /from '(?:vitest|license-mock\/vitest)'/.test(text);
    return { name, file: `snippet-${i}.${isTest ? 'test.ts' : 'ts'}`, isTest, text };
  });

type FileResult = {
  readonly file: string;
  readonly status: string;
  /** Empty where it passed. */
  readonly failures: string;
};

/** What `runSnippetTests` gives where every one holds. */
export const allPassed: readonly FileResult[] = snippets
  .filter(({ isTest }) => isTest)
  .map(({ file }) => ({ file, status: 'passed', failures: '' }));

/** As vitest's JSON reporter has it. */
type Report = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly failureMessages: readonly string[] }[];
  }[];
};

/** Runs the tests in a folder that has vitest among its modules; the results by file. */
export async function runSnippetTests(folder: string): Promise<readonly FileResult[]> {
  writeFileSync(
    path.join(folder, 'vitest.config.js'),
    "export default { test: { include: ['*.test.ts'], fileParallelism: false, isolate: false } }",
  );
  const vitest = path.join(folder, 'node_modules/vitest/vitest.mjs');
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'));
  const args = [
    vitest,
    'run',
    '--reporter=json',
    '--testTimeout=60000',
    '--hookTimeout=60000',
    '--outputFile=report.json',
  ];
  // Where one fails it exits with 1; which, the report says.
  await promisify(execFile)(process.execPath, args, {
    cwd: folder,
    env: Object.fromEntries(environment),
  }).catch(() => {});
  const report = readFileSync(path.join(folder, 'report.json'), 'utf8');
  return (JSON.parse(report) as Report).testResults
    .map(({ name, status, message, assertionResults }) => ({
      file: path.basename(name),
      status,
      failures: [message, ...assertionResults.flatMap((each) => each.failureMessages)].join(''),
    }))
    .toSorted((a, b) => a.file.localeCompare(b.file));
}
