/** What is published, installed in a project of a stranger's: it has no TypeScript, no clone and no dev dependencies. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { allPassed, runSnippetTests, snippets } from '../support/readme-snippets.ts';

const root = path.join(import.meta.dirname, '../..');
const project = testFolder();
/** Packing builds, and installing goes to the registry. */
const LONG_MS = 240_000;
const RUN_MS = 60_000;
/** The Node that runs the tests comes first on the path, as in a project that has Node 24. */
const env = {
  ...process.env,
  PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}`,
};

/** Without what says that a test runner is at work. */
const plain = Object.fromEntries(
  Object.entries(env).filter(([name]) => !/^(?:VITEST|NODE_TEST|LICENSE_MOCK|NODE_ENV)/.test(name)),
);

let packed: readonly string[] = [];
let tarball = '';

function inProject(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { cwd: project, env, encoding: 'utf8' });
}

function isSource(file: string): boolean {
  return !/^(?:\.git|dist|(?:bench\/)?node_modules)$/.test(path.relative(root, file));
}

beforeAll(() => {
  // Packing removes `dist` and builds it anew, which the tests beside this one use.
  const copy = testFolder();
  cpSync(root, copy, { recursive: true, filter: isSource });
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  const said = execFileSync('npm', ['pack', '--json', '--pack-destination', project], {
    cwd: copy,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { filename, files } = readPacked(said);
  packed = files;
  tarball = path.join(project, filename);
  writeFileSync(path.join(project, 'package.json'), '{ "private": true, "type": "module" }');
  inProject('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', `./${filename}`);
  // `license-mock/vitest` is for projects that have vitest; this one borrows ours.
  symlinkSync(path.join(root, 'node_modules/vitest'), path.join(project, 'node_modules/vitest'));
  addOwnFiles();
}, LONG_MS);

/** The examples, the user's own scenario, and a folder of specs. */
function addOwnFiles(): void {
  cpSync(path.join(root, 'examples'), path.join(project, 'examples'), { recursive: true });
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
}

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
  it('holds compiled code, types, specs, scenarios and documents, and nothing else', () => {
    const expected =
      /^(?:dist\/.+\.(?:c?js|d\.c?ts)|dist\/connect-commonjs\/package\.json|dist\/compiled\/(?:values\/)?[\w-]+\.(?:bin|json)|dist\/console\/(?:index\.html|console\/[\w-]+\.(?:js|css|svg)(?:\.br|\.gz)?)|specs\/(?:probes\/)?[\w-]+\.yaml|scenarios\/[\w.-]+|docs\/(?:.+\.md|images\/[\w-]+\.png|config\.schema\.json)|examples\/.+|test\/consumers\/.+\.ts|bench\/results\.md|package\.json|[A-Z]+\.md|LICENSE)$/;
    expect(packed.filter((file) => !expected.test(file))).toEqual([]);
    expect(packed.filter((file) => /^dist\/.*\.test\./.test(file))).toEqual([]);
    expect(packed).toEqual(
      expect.arrayContaining([
        'dist/cli/main.js',
        'dist/app.d.ts',
        'dist/compiled/ibl.bin',
        'dist/compiled/ibl-answers.cjs',
        'dist/compiled/known-good.json',
        'dist/console/index.html',
        'specs/probes/ibl.yaml',
        'specs/ledger.yaml',
        'specs/control.yaml',
        'scenarios/demo.yaml',
      ]),
    );
  });

  it('names only files that it holds', () => {
    const { bin, exports } = JSON.parse(
      readFileSync(path.join(root, 'package.json'), 'utf8'),
    ) as Record<string, unknown>;
    const named = [bin, exports].flatMap(leaves).map((file) => file.replace(/^\.\//, ''));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((file) => !packed.includes(file))).toEqual([]);
  });

  it('serves by npx, with its own specs and scenarios', { timeout: RUN_MS }, () =>
    withServer('', async (url) => {
      const headers = { authorization: 'Api-Token dm-admin' };
      const list = await fetch(`${url}/api/catalog/licenses/program/`, { headers });
      expect(await list.json()).toMatchObject({ count: 42 });
      const known = await fetch(`${url}/_mock/scenarios`);
      const shipped = packed.flatMap((file) => /^scenarios\/(.*)\.yaml$/.exec(file)?.[1] ?? []);
      expect(await known.json()).toMatchObject({
        scenarios: expect.arrayContaining(shipped.map((name) => expect.objectContaining({ name }))),
      });
    }),
  );

  it('serves by npx, with the user’s own scenario and spec', { timeout: RUN_MS }, () =>
    withServer('--scenario mine --specs ./more', async (url) => {
      const created = await fetch(`${url}/api/catalog/licenses/program/create/`, {
        method: 'POST',
        headers: { authorization: 'Api-Token my-token', 'content-type': 'application/json' },
        body: '{"platform_key":"acme","program_key":"bar","name":"Spring","count":10,"started":"2026-01-01T00:00:00Z"}',
      });
      expect(created.status).toBe(200);
      expect(await created.json()).toMatchObject({ id: 1, name: 'Spring' });
      expect(await (await fetch(`${url}/weather`)).json()).toEqual({ sky: 'blue' });
    }),
  );

  it('checks the user’s files', () => {
    expect(inProject('npx', 'license-mock', 'check', 'scenarios/mine.yaml')).toContain('1 checked');
  });
});

describe('the snippets of the README, in that project', () => {
  const scripts = snippets.filter(({ isTest }) => !isTest);
  beforeAll(() => {
    for (const { file, text } of snippets) writeFileSync(path.join(project, file), text);
  });

  it('have right types, as the examples have', { timeout: RUN_MS }, () => {
    const options =
      '--noEmit --strict --skipLibCheck --module nodenext --target es2024 --types node';
    const types = ['--typeRoots', path.join(root, 'node_modules/@types'), '--ignoreConfig'];
    const tsc = path.join(root, 'node_modules/.bin/tsc');
    const examples = ['vitest/order.test.ts', 'vitest/vitest.config.ts', 'node-test/order.test.ts'];
    const files = [
      ...snippets.map(({ file }) => file),
      ...examples.map((file) => `examples/${file}`),
    ];
    const { status, stdout } = spawnSync(tsc, [...options.split(' '), ...types, ...files], {
      cwd: project,
      env,
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  it.each(scripts)('run: $name', ({ file }) => {
    expect(inProject(process.execPath, file)).toBe('');
  });

  it('hold as tests', { timeout: RUN_MS }, async () => {
    expect(await runSnippetTests(project)).toEqual(allPassed);
  });
});

describe('the examples, in that project', () => {
  const inExample = (name: string, command: string, ...args: readonly string[]) => {
    const cwd = path.join(project, 'examples', name);
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd,
      env: plain,
      encoding: 'utf8',
    });
    return { status, output: stdout + stderr };
  };

  it('hold with Vitest', { timeout: RUN_MS }, () => {
    const ran = inExample(
      'vitest',
      'node',
      '../../node_modules/vitest/vitest.mjs',
      'run',
      '--no-color',
    );
    expect(ran).toMatchObject({ status: 0, output: expect.stringMatching(/Tests +1 passed/) });
  });

  it('hold with Jest', { timeout: LONG_MS }, () => {
    const npm = ['install', '--no-save', '--no-audit', '--no-fund', '--prefer-offline', 'jest@30'];
    expect(inExample('jest', 'npm', ...npm)).toMatchObject({ status: 0 });
    const ran = inExample('jest', 'npx', '--no-install', 'jest', '--ci');
    expect(ran).toMatchObject({ status: 0, output: expect.stringMatching(/Tests: +1 passed/) });
    expect(ran.output).not.toContain('did not exit');
  });

  it('hold with node:test', { timeout: RUN_MS }, () => {
    const ran = inExample('node-test', 'node', '--test', '--test-reporter=tap');
    expect(ran).toMatchObject({ status: 0, output: expect.stringMatching(/^# pass 1$/m) });
  });
});

describe('beside another Vitest', () => {
  it.each(['2', '3', '4'])('%s, npm installs it', { timeout: LONG_MS }, (major) => {
    const folder = path.join(project, `beside-${major}`);
    mkdirSync(folder);
    writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({ private: true, devDependencies: { vitest: major } }),
    );
    const args = ['install', '--package-lock-only', '--no-audit', '--no-fund', '--prefer-offline'];
    const { status, stderr } = spawnSync('npm', [...args, tarball], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stderr).not.toContain('ERESOLVE');
  });
});

/** The files at the ends of `exports`, whatever conditions lead there. */
function leaves(entry: unknown): readonly string[] {
  return typeof entry === 'string' ? [entry] : Object.values(Object(entry)).flatMap(leaves);
}

/** Runs `work` beside `npx license-mock serve` with these options more. */
async function withServer(options: string, work: (url: string) => Promise<void>): Promise<void> {
  const all = `license-mock serve --port 0 --data memory --log-level silent ${options}`.trim();
  const server = spawn('npx', all.split(' '), {
    cwd: project,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(server, 'close');
  try {
    await work(await readUrl(server.stdout));
  } finally {
    // npx stands between: the signal goes to its whole group.
    if (server.pid !== undefined) process.kill(-server.pid, 'SIGTERM');
    await closed;
  }
}

async function readUrl(output: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of output) {
    text += String(chunk);
    const url = /ready at (http:\S+)/.exec(text)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`It ended before it was ready: ${text}`);
}
