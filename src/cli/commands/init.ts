/** `license-mock init`: writes a scenario, a test, a contract and a CI job to start from into this folder, and has git ignore the data. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PACKAGE_FOLDER } from '../../package-folder.ts';
import { alignColumns } from '../output.ts';
import { writeStarter } from './scenario.ts';
import { makeFolderOf } from '../../contracts/make-folder.ts';

const TEMPLATES = path.join(PACKAGE_FOLDER, 'examples', 'init');

/** Where each file of the templates goes. */
const FILES: readonly (readonly [string, string])[] = [
  ['licenses.test.mjs', 'test/licenses.test.mjs'],
  ['my-app-ibl.json', 'contracts/my-app-ibl.json'],
  ['workflow.yml', '.github/workflows/licenses.yml'],
];
const SCENARIO = 'scenarios/mine.yaml';
/** Where the server keeps its data, if it is told nothing else. */
const DATA = '.license-mock';

/** Leaves every file that is there as it is. */
export async function init(): Promise<number> {
  const lines = [write(SCENARIO, () => writeStarter('mine', SCENARIO))];
  for (const [template, file] of FILES) {
    const text = readFileSync(path.join(TEMPLATES, template), 'utf8');
    lines.push(
      write(file, () => {
        makeFolderOf(file);
        writeFileSync(file, text, { flag: 'wx' });
      }),
    );
  }
  const ignored = ignoreData();
  if (ignored !== undefined) lines.push(ignored);
  const steps = [
    ...readInstallSteps(),
    ['npx license-mock --scenario mine', 'starts the mock with your scenario'],
    ['node --test test/licenses.test.mjs', 'runs the test'],
    ['npx license-mock verify', 'verifies the contract'],
  ];
  lines.push('', 'Next steps:', ...alignColumns(steps));
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

/** Undefined: the folder belongs to no git repository. */
function ignoreData(): string | undefined {
  if (!isInRepository(process.cwd())) return undefined;
  const text = existsSync('.gitignore') ? readFileSync('.gitignore', 'utf8') : undefined;
  const isIgnored = text?.split(/\r?\n/).some((line) => /^\/?\.license-mock\/?$/.test(line.trim()));
  if (isIgnored) return `kept   .gitignore, which has ${DATA}`;
  const separator = text === undefined || text === '' || text.endsWith('\n') ? '' : '\n';
  appendFileSync('.gitignore', `${separator}${DATA}/\n`);
  return text === undefined
    ? `wrote  .gitignore, so that git ignores ${DATA}`
    : `added  ${DATA}/ to .gitignore`;
}

/** In a worktree and in a submodule `.git` is a file. */
function isInRepository(folder: string): boolean {
  if (existsSync(path.join(folder, '.git'))) return true;
  const above = path.dirname(folder);
  return above !== folder && isInRepository(above);
}

/** What the test and the CI job need that the folder does not have yet. */
function readInstallSteps(): readonly (readonly string[])[] {
  const isProject = existsSync('package.json');
  const text = isProject ? readFileSync('package.json', 'utf8') : '';
  if (text.includes('"license-mock"')) return [];
  return [
    ...(isProject ? [] : [['npm init --yes', 'makes this folder a project']]),
    [
      'npm install --save-dev PACKAGE',
      'installs what the test imports: the file that npm pack made',
    ],
  ];
}

function write(file: string, work: () => void): string {
  if (existsSync(file)) return `kept   ${file}, which was there`;
  work();
  return `wrote  ${file}`;
}
