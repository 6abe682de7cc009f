/**
 * `npm run container:check`: builds the image and holds it to what its users rely on: it runs as its own user on a
 * read-only root, is healthy, answers as the mock does anywhere else, stops in order, and finds its state again.
 *
 * By docker or podman where an engine runs, else by buildah as root (Debian: buildah, debootstrap, crun).
 * Where none is found it fails; `--skip-without-engine` makes that a success that says so.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasNginx, startTlsProxy } from './tls-proxy.ts';
import { withBuildah } from './with-buildah.ts';
import { withEngine } from './with-engine.ts';
import type { Container, Engine } from './engine.ts';

const root = path.join(import.meta.dirname, '../..');
const token = 'container-check';
const LICENSES = '/api/catalog/licenses/program/';
const authorization = 'Api-Token dm-admin';
/** What can be asked of a sandbox on a server that runs already. */
const BLACK_BOX = [
  'ibl-create',
  'ibl-list',
  'ibl-body',
  'ibl-references',
  'thought-industries-refusals',
  'thought-industries-prefer',
  'thought-industries-samples',
  'thought-industries-rate-limit',
  'alice-samples',
].map((name) => `test/http/${name}.test.ts`);

const engine = withEngine('docker') ?? withEngine('podman') ?? withBuildah();
if (!engine) {
  say('No docker or podman engine runs here, and there is no buildah (as root, with debootstrap).');
  process.exit(process.argv.includes('--skip-without-engine') ? 0 : 3);
}
const folders = { data: makeFolder(), scenarios: makeFolder() };
writeFileSync(path.join(folders.scenarios, 'own.yaml'), 'name: own\ndescription: Of the rig\n');
try {
  await check(engine);
  say('The image holds.');
} finally {
  engine.cleanUp();
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
}

async function check({ name, build, run }: Engine): Promise<void> {
  say(`Building with ${name} …`);
  const { bytes, baseBytes } = build(root);
  say(`Built: ${megabytes(bytes - baseBytes)} on a base of ${megabytes(baseBytes)}`);

  const plain = await run(folders, {});
  await waitForHealth(plain);
  const [, made = ''] = /Authorization: Bearer (\S+?)'/.exec(plain.log()) ?? [];
  expect('without a token it makes one, and prints it', made.length >= 32);
  expect('that token opens the control API', (await readSandboxes(plain, made)) === 200);
  expect('nothing else does', (await readSandboxes(plain, 'no')) === 401);
  expect('its health check passes', plain.checkHealth() === 0);
  expect('it runs as a user that is not root', plain.user() !== 0);
  expect('SIGTERM ends it with 0', (await plain.stop()) === 0);

  const other = await run(
    { ...folders, data: makeFolder() },
    {},
    { user: 1_000_660_000, isOnOtherPort: true },
  );
  await waitForHealth(other);
  expect('it runs as any user of group 0', other.user() === 1_000_660_000);
  expect('its health check finds another port', other.checkHealth() === 0);
  expect('and that user can store a license', (await create(other)) === 200);
  expect('SIGTERM ends it with 0', (await other.stop()) === 0);

  const full = await run(folders, {}, { isLogFull: true });
  await waitForHealth(full);
  for (let i = 0; i < 50; i += 1) await create(full);
  expect('with its log volume full it answers', (await create(full)) === 200);
  expect('and SIGTERM ends it with 0', (await full.stop()) === 0);

  if (hasNginx) await checkBehindProxy(run);
  else say('--  nginx is not installed, so nothing was tried behind a TLS proxy');

  const first = await run(folders, { LICENSE_MOCK_CONTROL_TOKEN: token });
  await waitForHealth(first);
  expect('without its token the control API refuses', (await readSandboxes(first, 'no')) === 401);
  expect('with its token it answers', (await readSandboxes(first, token)) === 200);
  expect(
    'it has the scenarios of the mounted folder',
    (await scenarioNames(first)).includes('own'),
  );
  expect('and its own', (await scenarioNames(first)).includes('demo'));
  expect('a license is created', (await create(first)) === 200);
  say(`Asking ${BLACK_BOX.length} files of tests …`);
  const tests = spawnSync('npx', ['vitest', 'run', ...BLACK_BOX], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, LICENSE_MOCK_TEST_URL: first.url, LICENSE_MOCK_TEST_TOKEN: token },
  });
  expect('the black-box tests hold', tests.status === 0);
  expect(
    'nothing of its root can be written',
    !first.canWrite('/app/probe') && !first.canWrite('/opt/probe'),
  );
  expect('SIGTERM ends it with 0', (await first.stop()) === 0);

  const second = await run(folders, { LICENSE_MOCK_CONTROL_TOKEN: token });
  await waitForHealth(second);
  expect('the license is there after a restart', (await listed(second)).includes('Kept'));
  expect('SIGTERM ends it with 0', (await second.stop()) === 0);
}

async function checkBehindProxy(run: Engine['run']): Promise<void> {
  const variables = {
    LICENSE_MOCK_TRUST_PROXY: 'loopback,uniquelocal',
    LICENSE_MOCK_SCENARIO: 'demo',
  };
  const container = await run({ ...folders, data: makeFolder() }, variables);
  await waitForHealth(container);
  const proxy = await startTlsProxy(container.url);
  const asked = `${proxy.url}${LICENSES}?page_size=1`;
  const ca = path.join(root, 'test/fixtures/tls/cert.pem');
  // By curl: fetch takes further certificates only from the environment of its start.
  const { stdout } = spawnSync(
    'curl',
    ['-s', '--cacert', ca, '-H', `Authorization: ${authorization}`, asked],
    {
      encoding: 'utf8',
    },
  );
  const { next_page: next } = JSON.parse(stdout) as { next_page: string };
  expect('behind a TLS proxy links start with its address', next.startsWith(`${proxy.url}/api/`));
  await proxy.stop();
  expect('SIGTERM ends it with 0', (await container.stop()) === 0);
}

async function waitForHealth({ url, log }: Container): Promise<void> {
  for (let i = 0; i < 450; i++) {
    const isHealthy = await fetch(`${url}/_mock/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isHealthy) return;
    await sleep(200);
  }
  throw new Error(`It is not healthy after 90 s:\n${log()}`);
}

async function readSandboxes({ url }: Container, bearer: string): Promise<number> {
  const headers = { authorization: `Bearer ${bearer}` };
  return (await fetch(`${url}/_mock/sandboxes`, { headers })).status;
}

async function scenarioNames({ url }: Container): Promise<readonly string[]> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/_mock/scenarios`, { headers });
  const { scenarios } = (await answer.json()) as { scenarios: readonly { name: string }[] };
  return scenarios.map(({ name }) => name);
}

async function create({ url }: Container): Promise<number> {
  const answer = await fetch(`${url}${LICENSES}create/`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: '{"platform_key":"acme","program_key":"bar","name":"Kept","count":10,"started":"2026-01-01T00:00:00Z"}',
  });
  return answer.status;
}

async function listed({ url }: Container): Promise<string> {
  return (await fetch(`${url}${LICENSES}?name=Kept`, { headers: { authorization } })).text();
}

/** That the image's user can read. */
function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-container-'));
  chmodSync(folder, 0o755);
  return folder;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}

function expect(what: string, holds: boolean): void {
  if (!holds) throw new Error(`Not so: ${what}.`);
  say(`ok  ${what}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
