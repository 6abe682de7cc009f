/** A whole state out and in again. fast-check prints its seed. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { control, sandboxUrl } from '../support/control-client.ts';
import { testFolder } from '../support/folder.ts';
import { allLicenses, createLicense, listLicenses } from '../support/ibl-client.ts';
import { runCommand } from '../support/process.ts';
import { perform, performAll, vendorOperations } from '../support/random-operations.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { runs } from '../support/runs.ts';

const folder = testFolder();
let server: TestServer;
let other: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  // Its options must not show in what is imported.
  other = await startTestServer({
    scenario: 'demo',
    profile: 'strict',
    settings: { 'IBL-PAGE-LINKS': 'drf' },
    options: { seed: '99', references: 'closed', clock: '2020-01-01T00:00:00Z' },
  });
});
afterAll(async () => {
  await server.stop();
  await other.stop();
});

const exportOf = async (from: TestServer, sandbox: string) =>
  (await control(from.url, `GET /sandboxes/${sandbox}/state`)).body;
const start = { clock: '2026-01-01T00:00:00Z' };

/** What is asked of both worlds: every list there is, then one create of each vendor. */
const probes = [
  { kind: 'listProgramLicenses', query: '' },
  { kind: 'listProgramLicenses', query: 'sort=id&verbose=true&page_size=100' },
  { kind: 'listProgramLicenses', query: 'external_id=a' },
  { kind: 'listProgramLicenses', query: 'platform_key=acme&page_size=1&page=2' },
  { kind: 'createProgramLicense', externalId: null, count: 5 },
  { kind: 'createProgramLicense', externalId: 'a', count: 5 },
  { kind: 'updateProgramLicense', id: 1, count: 40 },
  { kind: 'createLicense', client: 1, name: 'Next' },
  { kind: 'createLicense', client: 2, name: 'Next' },
  { kind: 'addLicense', name: 'Next', seats: 3 },
] as const;

it('a state holds whatever the vendor accepts, such as a license with fewer than no seats', async () => {
  await control(server.url, 'PUT /sandboxes/zz-odd', { ...start, scenario: 'empty' });
  const made = { kind: 'createProgramLicense', externalId: null, count: -1 } as const;
  await perform(server.url, 'zz-odd', made);
  const state = await exportOf(server, 'zz-odd');
  expect(JSON.stringify(state)).toContain('"count":-1');
  const imported = await control(other.url, 'PUT /sandboxes/zz-odd/state', state);
  expect(imported.status).toBeLessThan(300);
});

it('an exported state, imported elsewhere, answers the same and goes on with the same ids', async () => {
  const origins = fc.record({
    scenario: fc.constantFrom('empty', 'demo'),
    seed: fc.constantFrom(1, 12_345),
    profile: fc.constantFrom('wire', 'strict'),
    settings: fc.constantFrom({}, { 'IBL-PAGE-LINKS': 'integers', 'TI-ENVELOPE': 'unwrapped' }),
  });
  await fc.assert(
    fc.asyncProperty(vendorOperations, origins, async (list, origin) => {
      await control(server.url, 'PUT /sandboxes/zz-from', { ...start, ...origin });
      await performAll(server.url, 'zz-from', list);
      const state = await exportOf(server, 'zz-from');
      const imported = await control(other.url, 'PUT /sandboxes/zz-into/state', state);
      expect(imported.status).toBeLessThan(300);
      const { description: _from, ...content } = state;
      const { description: _into, ...again } = await exportOf(other, 'zz-into');
      expect(again).toEqual(content);
      for (const probe of probes) {
        const [from, into] = await Promise.all([
          perform(server.url, 'zz-from', probe),
          perform(other.url, 'zz-into', probe),
        ]);
        expect(stampless(into)).toEqual(stampless(from));
      }
      expect({ ...(await exportOf(other, 'zz-into')), description: '' }).toEqual({
        ...(await exportOf(server, 'zz-from')),
        description: '',
      });
    }),
    { numRuns: runs(15) },
  );
});

/** Requests are counted in each sandbox. */
function stampless(text: string): string {
  return text.replace(/SANDBOX-\d+/, '');
}

describe('an exported state', () => {
  beforeEach(async () => {
    await control(server.url, 'PUT /sandboxes/from', { scenario: 'demo', ...start });
  });

  it('is a valid scenario file', async () => {
    const file = path.join(folder, 'exported.yaml');
    writeFileSync(file, stringify(await exportOf(server, 'from')));
    expect(await runCommand(['check', file])).toMatchObject({ code: 0 });
    const started = await startTestServer({ scenario: file });
    expect(await allLicenses(started.url)).toEqual(
      await allLicenses(sandboxUrl(server.url, 'from')),
    );
    await started.stop();
  });

  it('keeps a clock that runs beside real time', async () => {
    await control(server.url, 'PUT /sandboxes/from/clock', {
      mode: 'running',
      now: '2031-05-01T00:00:00.250Z',
    });
    await control(server.url, 'PUT /sandboxes/beside/state', await exportOf(server, 'from'));
    const clocks = await Promise.all(
      ['from', 'beside'].map((name) => control(server.url, `GET /sandboxes/${name}/clock`)),
    );
    const [from, beside] = clocks.map(({ body }) => Date.parse(String(body['now'])));
    expect(Math.abs((from ?? 0) - (beside ?? 0))).toBeLessThan(1_000);
    expect(clocks[1]?.body['mode']).toBe('running');
  });

  it('is taken as YAML too', async () => {
    const text = stringify(await exportOf(server, 'from'));
    const answer = await control(server.url, 'PUT /sandboxes/yaml/state', text, {
      'content-type': 'application/yaml',
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ name: 'yaml', records: { 'ibl.program-licenses': 42 } });
  });
});

describe('an import', () => {
  beforeEach(async () => {
    await control(server.url, 'PUT /sandboxes/into', { scenario: 'empty', ...start });
  });
  const put = (body: unknown, headers = {}) =>
    control(server.url, 'PUT /sandboxes/into/state', body, headers);

  it('replaces records, clock, seed and choices, and leaves snapshots and journal', async () => {
    const url = sandboxUrl(server.url, 'into');
    await createLicense(url);
    await control(server.url, 'PUT /sandboxes/into/snapshots/before');
    await control(server.url, 'POST /sandboxes/into/overrides', { effect: { preset: 'outage' } });
    const answer = await put({
      name: 'mine',
      seed: 5,
      clock: '2027-01-01T00:00:00Z',
      profile: 'strict',
      settings: { 'IBL-PAGE-SIZE': 2 },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      scenario: 'mine',
      seed: 5,
      clock: { mode: 'frozen', now: '2027-01-01T00:00:00.000Z' },
      profile: 'strict',
      settings: { 'IBL-PAGE-SIZE': '2' },
      records: { 'ibl.program-licenses': 0 },
    });
    const list = await listLicenses(url);
    expect(list.status).toBe(200);
    expect(list.headers.get('x-mock-request-id')).toBe('into-2');
    expect((await control(server.url, 'GET /sandboxes/into/journal')).body['total']).toBe(2);
    expect((await control(server.url, 'GET /sandboxes/into/snapshots')).text).toContain('"before"');
    const reset = await control(server.url, 'POST /sandboxes/into/reset');
    expect(reset.body).toMatchObject({ scenario: 'empty', profile: 'wire', seed: 1 });
  });

  it.each([
    [{ ibl: { licenses: [{ name: 'x' }] } }, 'broken-scenario', '#/ibl/licenses/0'],
    [{ ibl: { license: [] } }, 'broken-scenario', '#/ibl/license'],
    [{ ibm: {} }, 'broken-scenario', '#/ibm'],
    [{ ibl: [] }, 'invalid-request', '#/ibl'],
    [{ clock: 'soon' }, 'broken-scenario', '#/clock'],
    [{ clock: '1066-10-14' }, 'bad-option', '#/clock'],
    [{ seed: 'one' }, 'invalid-request', '#/seed'],
    [{ seed: -1 }, 'broken-scenario', '#/seed'],
    [{ name: 'No Name' }, 'broken-scenario', '#/name'],
    [{ settings: { 'NO-SUCH-ROW': 'x' } }, 'bad-option', '#/settings/NO-SUCH-ROW'],
    [
      { providerStates: ['a {x} exists'], ibl: { platforms: [{ key: '{x}' }] } },
      'broken-scenario',
      '#/providerStates',
    ],
    [[], 'invalid-request', '#'],
    ['null', 'invalid-request', '#'],
    [undefined, 'invalid-request', '#'],
  ])('of %j is a problem %s of %s, and changes nothing', async (body, code, pointer) => {
    const before = await exportOf(server, 'into');
    const answer = await put(body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ type: `/_mock/errors/${code}`, pointer });
    expect(await exportOf(server, 'into')).toEqual(before);
  });

  it('of records that contradict each other changes nothing', async () => {
    const license = {
      platform_key: 'acme',
      program_key: 'p',
      name: 'a',
      count: 1,
      external_id: 'twice',
    };
    const answer = await put({ ibl: { licenses: [license, license] } });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      type: '/_mock/errors/broken-scenario',
      detail: expect.stringContaining('ibl'),
    });
    expect(await allLicenses(sandboxUrl(server.url, 'into'))).toEqual([]);
  });

  it.each(['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml; charset=utf-8'])(
    'may be YAML as %s',
    async (type) => {
      expect((await put('description: mine\n', { 'content-type': type })).status).toBe(200);
    },
  );

  it('of a YAML text that blows up is refused', async () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i += 1) {
      lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`);
    }
    const yaml = { 'content-type': 'application/yaml' };
    expect((await put(lines.join('\n'), yaml)).status).toBe(400);
    const broken = await put('ibl: [\n', yaml);
    expect(broken.status).toBe(400);
    expect(broken.body).toMatchObject({ detail: expect.stringContaining('line 2') });
  });

  it('may be as long as --import-limit, not --body-limit', async () => {
    const small = await startTestServer({
      options: { 'import-limit': '20kb', 'body-limit': '1kb' },
    });
    const sized = (length: number) => ({ description: 'x'.repeat(length) });
    expect((await control(small.url, 'PUT /sandboxes/a/state', sized(10_000))).status).toBe(201);
    const refused = await control(small.url, 'PUT /sandboxes/a/state', sized(30_000));
    expect(refused.status).toBe(413);
    expect(refused.body).toMatchObject({
      type: '/_mock/errors/too-large',
      detail: expect.stringContaining('larger than 20480 bytes, the limit that --import-limit'),
    });
    await small.stop();
  });
});
