/** What was acknowledged is kept: over restarts, kills, and disks that refuse. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { startApp } from '../../src/app.ts';
import { renderBanner } from '../../src/cli/banner.ts';
import { readOptions } from '../../src/config/options.ts';
import { parseServeConfig, serveOptions } from '../../src/config/serve-config.ts';
import {
  allLicenses,
  createLicense,
  listLicenses,
  type IblLicense,
} from '../support/ibl-client.ts';
import { testFolder } from '../support/folder.ts';
import { runCommand, startServerProcess } from '../support/process.ts';
import { jsonOf } from '../support/json.ts';
import { startTestServer } from '../support/server.ts';

const folder = testFolder();
const quiet = ['--log-level', 'silent', '--scenario', 'empty'];

it('finds its state again after a stop', async () => {
  const data = path.join(folder, 'restart');
  const first = await startTestServer({ data });
  await createLicense(first.url, { external_id: 'kept' });
  await first.stop();
  const second = await startTestServer({ data, scenario: 'demo' });
  const found = await allLicenses(second.url);
  expect(found.map((license) => license.external_id)).toEqual(['kept']);
  const next = await jsonOf<IblLicense>(await createLicense(second.url));
  expect(next.id).toBe((found[0]?.id ?? 0) + 1);
  await second.stop();
});

it('touches nothing of a user in the data folder, whatever a sandbox is called', async () => {
  const data = path.join(folder, 'project');
  mkdirSync(path.join(data, 'docs'), { recursive: true });
  writeFileSync(path.join(data, 'docs', 'a.txt'), 'precious');
  const { url, stop } = await startTestServer({ data });
  const sandbox = `${url}/_mock/sandboxes/docs`;
  const headers = { 'content-type': 'application/json' };
  expect((await fetch(sandbox, { method: 'PUT', headers, body: '{}' })).status).toBe(201);
  expect((await fetch(sandbox, { method: 'DELETE' })).status).toBe(204);
  await stop();
  expect(readdirSync(data).toSorted()).toEqual(['docs', 'license-mock']);
  expect(readdirSync(path.join(data, 'docs'))).toEqual(['a.txt']);
});

it('says so where stored state beats what was asked for, and starts over with --fresh', async () => {
  const data = path.join(folder, 'banner');
  // Started here, not in a process of its own: six of them would take as many seconds.
  const bannerOf = async (flags: Readonly<Record<string, string>>) => {
    const options = { data, port: '0', ...flags };
    const config = parseServeConfig(readOptions(serveOptions, options, {}));
    const app = await startApp(config, {
      logger: pino({ level: 'silent' }),
      droppedLines: () => 0,
    });
    const started = {
      url: '',
      generatedToken: undefined,
      configFile: undefined,
      notes: [],
      watched: [],
    };
    const banner = renderBanner(app, config, started);
    await app.close();
    return banner;
  };
  const scenario = path.join(folder, 'mine.yaml');
  writeFileSync(scenario, 'name: mine\n');
  expect(await bannerOf({ scenario })).toContain(`${data}, new`);

  const same = await bannerOf({ scenario });
  expect(same).toContain(`${data}, existing state`);
  expect(same).not.toContain('--fresh');

  writeFileSync(scenario, 'name: mine\nseed: 2\n');
  expect(await bannerOf({ scenario })).toContain(
    `${scenario} has changed since the stored state was made from it.`,
  );

  const other = await bannerOf({ seed: '5', clock: '2026-01-01T00:00:00Z' });
  expect(other).toContain('The stored state comes from scenario mine, not from demo.');
  expect(other).toContain('--seed 5 does not apply: the stored state has seed 1.');
  expect(other).toContain('--clock 2026-01-01T00:00:00Z does not apply');
  expect(other).toContain('A reset starts over with demo, and so does --fresh at the next start.');

  const fresh = await bannerOf({ seed: '5', fresh: 'on' });
  expect(fresh).toContain('scenario  demo');
  expect(fresh).toContain(`${data}, new`);
  expect(await bannerOf({ seed: '5' })).not.toContain('does not apply');
});

it('refuses a second process on the same folder, and is not hindered by a killed one', async () => {
  const data = path.join(folder, 'lock');
  const first = await startServerProcess(['--data', data, ...quiet]);
  const second = await runCommand(['serve', '--port', '0', '--data', data]);
  expect(second.code).toBe(3);
  expect(second.stderr).toContain(data);
  expect(second.stderr).toContain(`is in use by process ${first.child.pid}`);
  await first.end('SIGKILL');
  const third = await startServerProcess(['--data', data, ...quiet]);
  expect((await listLicenses(third.url)).status).toBe(200);
  await third.end('SIGTERM');
});

describe('a folder that', () => {
  const logOf = (data: string) => {
    const sandbox = path.join(data, 'license-mock', 'default');
    const logs = readdirSync(sandbox)
      .filter((name) => name.startsWith('log-'))
      .toSorted();
    return path.join(sandbox, logs.at(-1) ?? '');
  };
  async function filled(name: string): Promise<string> {
    const data = path.join(folder, name);
    const server = await startTestServer({ data });
    for (let i = 0; i < 5; i += 1) await createLicense(server.url, { external_id: `e-${i}` });
    await server.stop();
    return data;
  }

  it('is damaged in the middle refuses to start, naming file and line', async () => {
    const data = await filled('damaged');
    const lines = readFileSync(logOf(data), 'utf8').split('\n');
    lines[3] = lines[3]?.slice(0, 20) ?? '';
    writeFileSync(logOf(data), lines.join('\n'));
    const { code, stderr } = await runCommand(['serve', '--port', '0', '--data', data]);
    expect(code).toBe(3);
    expect(stderr).toContain(`${logOf(data)}:4`);
  });

  it('has a torn tail starts without it, and says so in the log', async () => {
    const data = await filled('torn');
    appendFileSync(logOf(data), '{"seq":99,"put":[["ibl.licen');
    const log: string[] = [];
    const server = await startTestServer({ data, log });
    expect(await allLicenses(server.url)).toHaveLength(5);
    expect(log.join('')).toContain(logOf(data));
    await server.stop();
  });
});

it('answers a write that the disk refuses in the vendor form, logs why, and keeps serving reads', async () => {
  const data = path.join(folder, 'full');
  const server = await startServerProcess(['--data', data, '--scenario', 'empty'], {
    maxFileKb: 24,
  });
  const statuses: number[] = [];
  let refused = '';
  for (let i = 0; i < 200 && refused === ''; i += 1) {
    const answer = await createLicense(server.url, { external_id: `e-${i}` });
    statuses.push(answer.status);
    if (answer.status !== 200) refused = await answer.text();
  }
  expect(statuses.at(-1)).toBe(500);
  expect(JSON.parse(refused)).not.toHaveProperty('title');
  const stored = statuses.filter((status) => status === 200).length;
  expect(await allLicenses(server.url)).toHaveLength(stored);
  expect((await createLicense(server.url)).status).toBe(500);
  expect(server.output().stderr).toMatch(/EFBIG|file too large/i);
  expect(await server.end('SIGTERM')).toBe(0);
  const again = await startServerProcess(['--data', data, ...quiet]);
  expect(await allLicenses(again.url)).toHaveLength(stored);
  await again.end('SIGTERM');
});
