/** `serve --watch`: edited files are taken over while the server runs. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { allLicenses, createLicense } from '../support/ibl-client.ts';
import { startServerProcess, type ServerProcess } from '../support/process.ts';

const folder = testFolder();
const LICENSE = '{ platform_key: acme, program_key: p, name: A, count: 1, started: now-1d }';
const scenario = (licenses: number) =>
  [
    'ibl:',
    '  credentials: [{ token: dm-admin, role: dm-admin }]',
    '  platforms: [{ id: 1, key: acme, org: acme, name: Acme }]',
    `  licenses: [${Array.from({ length: licenses }, () => LICENSE).join(', ')}]`,
    '',
  ].join('\n');
const spec = (at: string) =>
  `openapi: 3.0.3\ninfo: { title: s, version: '1' }\npaths: { ${at}: { get: { responses: { '200': { description: ok } } } } }\n`;

async function start(name: string, ...more: readonly string[]) {
  const cwd = path.join(folder, name);
  mkdirSync(path.join(cwd, 'scenarios'), { recursive: true });
  mkdirSync(path.join(cwd, 'apis'));
  const write = (file: string, text: string) => writeFileSync(path.join(cwd, file), text);
  write('scenarios/mine.yaml', scenario(1));
  write('apis/a.yaml', spec('/one'));
  write(
    'license-mock.config.yaml',
    'scenario: mine\nspecs: apis\ndata: memory\nlog-level: silent\n',
  );
  const server = await startServerProcess(more, { cwd });
  return { server, write };
}

/** Waits for a sentence that the server prints. */
async function said(server: ServerProcess, sentence: RegExp): Promise<string> {
  for (let i = 0; i < 100; i += 1) {
    const found = sentence.exec(server.output().stdout)?.[0];
    if (found !== undefined) return found;
    await sleep(100);
  }
  throw new Error(`It did not say ${String(sentence)}, but:\n${server.output().stdout}`);
}

const reset = (url: string) => fetch(`${url}/_mock/sandboxes/default/reset`, { method: 'POST' });

it('takes over scenario, spec and config; the state stays until a reset', async () => {
  const { server, write } = await start('on', '--watch');
  const { url } = server;
  await createLicense(url, { external_id: 'kept' });
  write('scenarios/mine.yaml', scenario(3));
  await said(server, /scenarios\/mine\.yaml: taken over\. The next reset uses it\./);
  expect(await allLicenses(url)).toHaveLength(2);
  await reset(url);
  expect(await allLicenses(url)).toHaveLength(3);

  write('apis/a.yaml', spec('/two'));
  await said(server, /apis\/a\.yaml: taken over\.\n/);
  expect((await fetch(`${url}/two`)).status).toBe(200);
  expect((await fetch(`${url}/one`)).status).toBe(404);

  write('license-mock.config.yaml', 'scenario: mine\nspecs: apis\nport: 1\nprofile: strict\n');
  await said(server, /config\.yaml: taken over/);
  await said(server, /Restart the server to apply: .*data/);
  const sandbox = await (await fetch(`${url}/_mock/sandboxes/default`)).json();
  expect(sandbox).toMatchObject({ profile: 'strict' });
  expect(await server.end('SIGTERM')).toBe(0);
});

it('keeps what it has of a broken edit, and says file, line and field', async () => {
  const { server, write } = await start('broken', '--watch');
  const { url } = server;
  write('scenarios/mine.yaml', scenario(2).replace('count: 1', 'count: many'));
  await said(
    server,
    /^scenarios\/mine\.yaml: not taken over\.\n {2}scenarios\/mine\.yaml:4 .*count/m,
  );
  write('apis/a.yaml', 'openapi: 3.0.3\npaths: [\n');
  await said(server, /^apis\/a\.yaml: not taken over\.\n {2}apis\/a\.yaml:\d .*]$/m);
  write('license-mock.config.yaml', 'prot: 1\n');
  await said(
    server,
    /config\.yaml: not taken over\.\n {2}license-mock\.config\.yaml:1 prot: .*Did you mean port\?/,
  );
  // Another edit that is fine does not bring the broken ones in.
  write('scenarios/other.yaml', scenario(5));
  await said(server, /^scenarios\/other\.yaml: taken over/m);
  expect((await fetch(`${url}/one`)).status).toBe(200);
  expect((await reset(url)).status).toBe(200);
  expect(await allLicenses(url)).toHaveLength(1);
  expect(await allLicenses(`${url}/_sandbox/new`)).toHaveLength(1);
  write('scenarios/mine.yaml', scenario(3));
  await said(server, /^scenarios\/mine\.yaml: taken over/m);
  await reset(url);
  expect(await allLicenses(url)).toHaveLength(3);
  expect(await server.end('SIGTERM')).toBe(0);
});

it('says what it watches, a config file that is still to come included', async () => {
  const { server, write } = await start('watched', '--watch');
  expect(server.output().stdout).toContain(
    '  watch     scenarios/, apis/, license-mock.config.yaml\n' +
      '            a sandbox uses an edited scenario from its next reset on\n',
  );
  expect(await server.end('SIGTERM')).toBe(0);
  rmSync(path.join(folder, 'watched', 'license-mock.config.yaml'));
  const args = ['--watch', '--data', 'memory', '--scenario', 'mine'];
  const later = await startServerProcess(args, { cwd: path.join(folder, 'watched') });
  write('license-mock.config.yaml', 'profile: strict\n');
  await said(later, /^license-mock\.config\.yaml: taken over/m);
  expect(await (await fetch(`${later.url}/_mock/sandboxes/default`)).json()).toMatchObject({
    profile: 'strict',
  });
  expect(await later.end('SIGTERM')).toBe(0);
});

it('starts over with --watch=reset what the edited scenario made', async () => {
  const { server, write } = await start('reset', '--watch=reset');
  const { url } = server;
  const other = { method: 'PUT', headers: { 'content-type': 'application/json' } };
  await fetch(`${url}/_mock/sandboxes/other`, { ...other, body: '{"scenario":"demo"}' });
  await createLicense(`${url}/_sandbox/other`, { external_id: 'kept' });
  write('scenarios/mine.yaml', scenario(4));
  await said(server, /Started over: default\./);
  expect(await allLicenses(url)).toHaveLength(4);
  expect(await allLicenses(`${url}/_sandbox/other`)).toHaveLength(43);
  expect(await server.end('SIGTERM')).toBe(0);
});
