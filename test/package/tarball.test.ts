/** What is published, installed in a project of a stranger's: it has no TypeScript, no clone and no dev dependencies. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';

const root = path.join(import.meta.dirname, '../..');
const project = testFolder();
/** Packing builds, and installing goes to the registry. */
const LONG_MS = 240_000;
/** The Node that runs the tests comes first on the path, as in a project that has Node 24. */
const env = {
  ...process.env,
  PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}`,
};

let packed: readonly string[] = [];

function inProject(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { cwd: project, env, encoding: 'utf8' });
}

beforeAll(() => {
  const said = execFileSync('npm', ['pack', '--json', '--pack-destination', project], {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { filename, files } = readPacked(said);
  packed = files;
  writeFileSync(path.join(project, 'package.json'), '{ "private": true, "type": "module" }');
  inProject('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', `./${filename}`);
  // `license-mock/vitest` is for projects that have vitest; this one borrows ours.
  symlinkSync(path.join(root, 'node_modules/vitest'), path.join(project, 'node_modules/vitest'));
}, LONG_MS);

/** A build script may speak before the JSON, and npm versions differ in what surrounds the one package. */
function readPacked(said: string): { filename: string; files: string[] } {
  const value: unknown = JSON.parse(said.slice(said.search(/^[[{]/m)));
  const [only] = Object.values(value as object) as {
    filename: string;
    files: { path: string }[];
  }[];
  if (!only) throw new Error(`npm pack said: ${said}`);
  return { filename: only.filename, files: only.files.map((file) => file.path) };
}

describe('the package', () => {
  it('holds compiled code, types, specs and scenarios, and nothing else', () => {
    const expected =
      /^(?:dist\/.+\.(?:js|d\.ts)|specs\/[\w-]+\.yaml|scenarios\/[\w.-]+|docs\/errors\.md|package\.json|README\.md|LICENSE)$/;
    expect(packed.filter((file) => !expected.test(file))).toEqual([]);
    expect(packed.filter((file) => file.includes('.test.'))).toEqual([]);
    expect(packed).toEqual(
      expect.arrayContaining([
        'dist/cli/main.js',
        'dist/app.d.ts',
        'specs/ledger.yaml',
        'specs/control.yaml',
        'scenarios/demo.yaml',
      ]),
    );
  });

  it('names only files that it holds', () => {
    const { bin, exports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      bin: Record<string, string>;
      exports: Record<string, string | Record<string, string>>;
    };
    const named = [bin, ...Object.values(exports)]
      .flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)))
      .map((file) => file.replace(/^\.\//, ''));
    expect(named.filter((file) => !packed.includes(file))).toEqual([]);
  });

  it('serves by npx, with its own specs and the user’s scenario and spec', async () => {
    mkdirSync(path.join(project, 'scenarios'));
    mkdirSync(path.join(project, 'more'));
    writeFileSync(
      path.join(project, 'scenarios/mine.yaml'),
      'name: mine\nibl:\n  credentials: [{ token: my-token, role: dm-admin }]\n',
    );
    writeFileSync(
      path.join(project, 'more/weather.yaml'),
      'openapi: 3.1.0\ninfo: { title: Weather, version: "1" }\npaths:\n  /weather:\n    get:\n      operationId: getWeather\n      responses:\n        "200": { description: now, content: { application/json: { schema: { type: object, required: [sky], properties: { sky: { type: string, enum: [blue] } } } } } }\n',
    );
    const server = spawn(
      'npx',
      'license-mock serve --port 0 --data memory --log-level silent --scenario mine --specs ./more'.split(
        ' ',
      ),
      { cwd: project, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const closed = once(server, 'close');
    try {
      const url = await readUrl(server.stdout);
      const created = await fetch(`${url}/api/catalog/licenses/program/create/`, {
        method: 'POST',
        headers: { authorization: 'Api-Token my-token', 'content-type': 'application/json' },
        body: '{"platform_key":"acme","program_key":"bar","name":"Spring","count":10,"started":"2026-01-01T00:00:00Z"}',
      });
      expect(created.status).toBe(200);
      expect(await created.json()).toMatchObject({ id: 1, name: 'Spring' });
      expect(await (await fetch(`${url}/weather`)).json()).toEqual({ sky: 'blue' });
    } finally {
      // npx stands between: the signal goes to its whole group.
      if (server.pid !== undefined) process.kill(-server.pid, 'SIGTERM');
      await closed;
    }
  }, 60_000);

  it('is imported by a test, with its types', () => {
    const snippet = `import { startLicenseMock, type LicenseMock } from 'license-mock';
import type { test } from 'license-mock/vitest';
const mock: LicenseMock = await startLicenseMock({ scenario: 'empty' });
const sandbox = await mock.sandbox('checkout', { clock: '2026-01-01T00:00:00Z' });
const answer = await fetch(sandbox.url + '/api/catalog/licenses/program/');
await sandbox.journal.verify({ match: { status: 401 }, times: 1 });
await mock.stop();
console.log(answer.status);
export type Test = typeof test;
`;
    writeFileSync(path.join(project, 'snippet.ts'), snippet);
    const options =
      '--noEmit --strict --skipLibCheck --module nodenext --target es2024 --types node';
    const types = ['--typeRoots', path.join(root, 'node_modules/@types'), '--ignoreConfig'];
    const tsc = path.join(root, 'node_modules/.bin/tsc');
    expect(inProject(tsc, ...options.split(' '), ...types, 'snippet.ts')).toBe('');
    expect(inProject(process.execPath, 'snippet.ts').trim()).toBe('401');
  });

  it('checks the user’s files', () => {
    expect(inProject('npx', 'license-mock', 'check', 'scenarios/mine.yaml')).toContain('1 checked');
  });
});

async function readUrl(output: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of output) {
    text += String(chunk);
    const url = /ready at (http:\S+)/.exec(text)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`It ended before it was ready: ${text}`);
}
