/** The third column: a live vendor, here a second mock whose ledger is switched otherwise. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveProvider } from '../../src/contracts/live-column.ts';
import type { Row } from '../../src/contracts/report.ts';
import { runHere } from '../support/run-here.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { startMutatingProxy } from './mutating-proxy.ts';
import { LIST, listInteraction, pact } from './pacts.ts';
import { verifyContracts, writePact } from './verify-contracts.ts';

let mock: TestServer;
let vendor: TestServer;
/** Counts what reaches the vendor. */
let watched: Awaited<ReturnType<typeof startMutatingProxy>>;
const seen: string[] = [];

beforeAll(async () => {
  mock = await startTestServer();
  vendor = await startTestServer({
    settings: { 'IBL-PAGE-LINKS': 'drf', 'TI-ENVELOPE': 'unwrapped', 'ALICE-RESULT': 'described' },
  });
  watched = await startMutatingProxy(vendor.url);
  watched.mutate({
    ask(asked) {
      seen.push(`${asked.method} ${asked.url} ${asked.headers['x-key'] ?? ''}`);
      return asked;
    },
  });
});
afterAll(async () => {
  watched.stop();
  await vendor.stop();
  await mock.stop();
});

function live(options: Partial<LiveProvider> = {}): LiveProvider {
  return {
    url: watched.url,
    headers: {},
    allowWrites: false,
    statesUrl: undefined,
    ...options,
  };
}

const statesUrl = () => `${watched.url}/_mock/provider-states`;
const liveOf = (rows: readonly Row[], part: string) =>
  rows.find(({ interaction }) => interaction.description.includes(part));

describe('a live vendor', () => {
  it('is sent nothing that writes unless writes are allowed', { timeout: 600_000 }, async () => {
    seen.length = 0;
    const { report } = await verifyContracts({ live: live() }, { mockUrl: mock.url });
    expect(seen.filter((line) => !/^(GET|HEAD) /.test(line))).toEqual([]);
    const create = liveOf(report.rows, 'an order without credentials');
    expect(create?.live).toMatchObject({
      verdict: 'skipped',
      findings: [{ message: expect.stringContaining('Add --allow-writes') }],
    });
  });

  it('is sent what reads, whatever its method, as the spec of the operation says', async () => {
    seen.length = 0;
    const userId = '9f4e2c6a-71b3-4d58-a0c9-5e8d3b1f6a27';
    const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
    const interactions = [
      { method: 'POST', path: '/api/licenses', headers, body: { PageSize: 1 } },
      // A GET that takes a seat.
      {
        method: 'GET',
        path: '/api/GetLicenseAnonymized',
        query: `userId=${userId}&productKey=9780306406157`,
      },
      { method: 'POST', path: '/api/licenses/add', headers, body: {} },
      // No operation: the method tells.
      { method: 'GET', path: '/api/licenses/add' },
    ].map((request) => ({
      description: `${request.method} ${request.path}`,
      request,
      response: { status: request.method === 'GET' && request.path.endsWith('add') ? 405 : 200 },
    }));
    const file = writePact(pact(interactions, { provider: { name: 'alice' } }));
    const { report } = await verifyContracts(
      { patterns: [file], live: live() },
      { mockUrl: mock.url },
    );
    const verdicts = report.rows.map((row) => [row.interaction.description, row.live?.verdict]);
    expect(Object.fromEntries(verdicts)).toEqual({
      'POST /api/licenses': 'held',
      'GET /api/GetLicenseAnonymized': 'skipped',
      'POST /api/licenses/add': 'skipped',
      'GET /api/licenses/add': 'held',
    });
    expect(seen.map((line) => line.trim()).toSorted()).toEqual([
      'GET /api/licenses/add',
      'POST /api/licenses',
    ]);
  });

  it.each([
    { set: { LICENSE_MOCK_ALLOW_WRITES: '0', LICENSE_MOCK_KEEP: 'no' }, flags: [], isSent: false },
    { set: { LICENSE_MOCK_ALLOW_WRITES: 'off' }, flags: [], isSent: false },
    { set: { LICENSE_MOCK_ALLOW_WRITES: '1' }, flags: [], isSent: true },
    { set: { LICENSE_MOCK_ALLOW_WRITES: '1' }, flags: ['--allow-writes=no'], isSent: false },
    { set: { LICENSE_MOCK_ALLOW_WRITES: '1' }, flags: ['--allow-writes', 'off'], isSent: false },
    { set: {}, flags: ['--allow-writes'], isSent: true },
  ])('is sent writes as the command is told: %j', async ({ set, flags, isSent }) => {
    seen.length = 0;
    const request = { method: 'POST', path: `${LIST}create/` };
    const file = writePact(
      pact([listInteraction({ description: 'an order', request, response: { status: 401 } })]),
    );
    const urls = ['--url', mock.url, '--provider-url', watched.url];
    const args = ['verify', ...flags, file, ...urls];
    const environment = { LICENSE_MOCK_KEEP: '0', ...set };
    const { stdout } = await runHere(args, { environment });
    expect(seen.some((line) => line.startsWith('POST '))).toBe(isSent);
    expect(stdout).toContain('1 interaction');
    // A sandbox that is kept is named.
    expect(stdout).not.toContain('Kept');
  });

  it('is not asked for what starts from a provider state, unless it takes them', async () => {
    const options = { vendor: 'ibl', only: 'a search by order number' };
    const without = await verifyContracts({ ...options, live: live() }, { mockUrl: mock.url });
    expect(without.report.rows[0]?.live).toMatchObject({
      verdict: 'skipped',
      findings: [{ message: expect.stringContaining('--provider-states-url') }],
    });
    seen.length = 0;
    const withStates = await verifyContracts(
      { ...options, live: live({ statesUrl: statesUrl() }) },
      { mockUrl: mock.url },
    );
    expect(withStates.report.rows[0]?.live?.verdict).toBe('failed');
    const changes = seen.filter((line) => line.includes('provider-states'));
    // Two states are entered before the request and left after it.
    expect(changes).toHaveLength(4);
  });

  it('gets the headers that are given for it', async () => {
    seen.length = 0;
    const file = writePact(pact([listInteraction()]));
    await verifyContracts(
      { patterns: [file], live: live({ headers: { 'x-key': 'secret-1' } }) },
      { mockUrl: mock.url },
    );
    expect(seen).toEqual([`GET ${LIST} secret-1`]);
  });

  it('has its redirects followed, with what it is sent, or compared where one is expected', async () => {
    const slashless = { method: 'GET', path: LIST.slice(0, -1) };
    const moved = { status: 301, headers: { Location: LIST } };
    const file = writePact(
      pact([
        listInteraction({ description: 'followed', request: slashless }),
        listInteraction({ description: 'expected', request: slashless, response: moved }),
      ]),
    );
    const provider = live({
      headers: { authorization: 'Api-Token dm-admin', 'x-key': 'secret-2' },
    });
    seen.length = 0;
    const { report } = await verifyContracts(
      { patterns: [file], live: provider },
      { mockUrl: mock.url },
    );
    const verdicts = report.rows.map((row) => [row.interaction.description, row.live?.verdict]);
    expect(verdicts).toEqual([
      ['followed', 'held'],
      ['expected', 'held'],
    ]);
    const once = `GET ${slashless.path} secret-2`;
    expect(seen).toEqual([once, `GET ${LIST} secret-2`, once]);
  });

  it('gets no credentials that a contract leaves out to be refused', async () => {
    const headers = { authorization: 'Api-Token dm-admin' };
    const { report } = await verifyContracts(
      { only: 'without credentials', live: live({ headers, allowWrites: true }) },
      { mockUrl: mock.url },
    );
    expect(report.rows[0]?.live?.verdict).toBe('held');
  });

  it(
    'is compared with the mock; the ledger says why they differ',
    { timeout: 600_000 },
    async () => {
      const { report, text } = await verifyContracts(
        { live: live({ allowWrites: true, statesUrl: statesUrl() }) },
        { mockUrl: mock.url },
      );
      expect(liveOf(report.rows, 'second page of three')?.differences).toContainEqual({
        at: '$.next_page',
        mock: expect.stringContaining('page=3'),
        live: 'not there',
        ledger: 'IBL-PAGE-LINKS',
      });
      expect(liveOf(report.rows, 'a license with a limit of seats')?.differences).toContainEqual(
        expect.objectContaining({ at: '$.data', ledger: 'TI-ENVELOPE' }),
      );
      expect(liveOf(report.rows, 'without name and seats')?.differences).toContainEqual(
        expect.objectContaining({ at: '$.errors', ledger: 'ALICE-RESULT' }),
      );
      expect(liveOf(report.rows, 'an order of seats')).toMatchObject({
        live: { verdict: 'held' },
        differences: [],
      });
      expect(text).toContain('mock and live differ: $.next_page (explained by IBL-PAGE-LINKS)');
    },
  );

  it('may differ in what no row explains, which is said', async () => {
    watched.mutate({
      answer: (answered) => ({ ...answered, body: answered.body.replace('{', '{"wholly_new":1,') }),
    });
    const file = writePact(pact([listInteraction()]));
    const { text } = await verifyContracts(
      { patterns: [file], live: live() },
      { mockUrl: mock.url },
    );
    watched.mutate({});
    expect(text).toContain('$.wholly_new (no row of the ledger explains it)');
  });

  it('that does not answer makes the verification one that could not run', async () => {
    const file = writePact(pact([listInteraction()]));
    const nowhere = live({ url: 'http://127.0.0.1:1' });
    await expect(
      verifyContracts({ patterns: [file], live: nowhere }, { mockUrl: mock.url }),
    ).rejects.toThrow(/Nothing could be verified: http:\/\/127\.0\.0\.1:1 does not answer/);
  });
});
