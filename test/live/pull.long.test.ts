/** `license-mock pull` from vendors that are other license-mocks. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Json } from '../../src/messages/json.ts';
import { control, sandboxUrl } from '../support/control-client.ts';
import { testFolder } from '../support/folder.ts';
import { startLiveVendor } from '../support/live-vendor.ts';
import { runCommand } from '../support/process.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const cwd = testFolder();
const IBL = { authorization: 'Api-Token dm-admin' };
const TI = { authorization: 'Bearer ti-key' };

let vendor: TestServer;
beforeAll(async () => {
  vendor = await startTestServer({ scenario: 'demo', clock: '2026-11-01T00:00:00Z' });
  await control(vendor.url, 'PUT /sandboxes/big/state', {
    name: 'big',
    clock: '2026-11-01T00:00:00Z',
    // Those of platforms have no seats, which would be most of the records.
    ibl: { platform_licenses: [{ generate: 4_900 }], licenses: [{ generate: 100 }] },
  });
}, 60_000);
afterAll(() => vendor.stop());

const pull = (name: string, ...args: readonly string[]) =>
  runCommand(['pull', name, '--rate', '1000', ...args], { cwd });

/** A mock in whose default sandbox the pulled scenario is. */
async function load(file: string): Promise<TestServer> {
  return startTestServer({ scenario: path.join(cwd, file) });
}

async function read(url: string, headers: Record<string, string>, body?: object): Promise<Json> {
  const answer = await fetch(url, {
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  expect(answer.status, url).toBe(200);
  return (await answer.json()) as Json;
}

/** The answer without where it came from. */
const placeless = (value: Json, base: string) => JSON.stringify(value).replaceAll(base, '');

describe('what is pulled', () => {
  it.each([
    [
      'ibl',
      IBL,
      [
        ['/api/catalog/licenses/program/?verbose=true&sort=name&page_size=7&page=2'],
        ['/api/catalog/licenses/course/?sort=-course_id'],
        ['/api/catalog/licenses/user/?verbose=true'],
        ['/api/catalog/licenses/platform/'],
        ['/api/catalog/licenses/user/assignment/?license_id=1&sort=-email'],
        ['/api/catalog/licenses/program/assignment/?license_id=1&page=2&page_size=20'],
        ['/api/catalog/licenses/course/assignment/group/?license_id=1'],
      ],
    ],
    [
      'thought-industries',
      TI,
      [
        ['/incoming/v2/clients?sort=name:desc'],
        ['/incoming/v2/clients/2c9d6b10-5e4f-4a8b-9c1d-7a6b5c4d3e01/licenses'],
        ['/incoming/v2/users'],
        ['/incoming/v2/redemptionCodes'],
      ],
    ],
    ['alice', {}, [['/api/licenses', { PageSize: 2, PageIndex: 2 }]]],
  ] as const)(
    'of %s lists as the source does',
    { timeout: 60_000 },
    async (name, headers, lists) => {
      const flags = Object.entries(headers).flatMap(([key, value]) => [
        '--header',
        `${key}: ${value}`,
      ]);
      const { code, stdout, stderr } = await pull(name, '--url', vendor.url, '--seats', ...flags);
      expect(code, stderr).toBe(0);
      expect(stdout).toMatch(
        new RegExp(`^Wrote scenarios/${name}-pulled.yaml with \\d+ requests: `),
      );
      const copy = await load(`scenarios/${name}-pulled.yaml`);
      try {
        for (const [at, body] of lists) {
          const [source, copied] = [
            await read(vendor.url + at, headers, body),
            await read(copy.url + at, headers, body),
          ];
          expect(shown(name, placeless(copied, copy.url))).toEqual(
            shown(name, placeless(source, vendor.url)),
          );
        }
      } finally {
        await copy.stop();
      }
    },
  );
});

/** Without what no list shows, so that the mock makes it up. */
function shown(vendorName: string, text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => {
    const isMade = vendorName === 'thought-industries' && ['cursor'].includes(key);
    return isMade ? null : value;
  });
}

describe('anonymized', () => {
  let text: string;
  let stdout: string;
  beforeAll(async () => {
    const url = sandboxUrl(vendor.url, 'big');
    const credential = `Authorization: ${IBL.authorization}`;
    const args = ['--url', url, '--header', credential, '--anonymize', '--output', 'big.yaml'];
    const pulled = await pull('ibl', ...args);
    if (pulled.code !== 0) throw new Error(pulled.stderr);
    ({ stdout } = pulled);
    text = readFileSync(path.join(cwd, 'big.yaml'), 'utf8');
  }, 60_000);

  type License = Record<string, Json>;
  const list = (url: string, kind: string, query: string) =>
    read(`${url}/api/catalog/licenses/${kind}/?${query}`, IBL) as Promise<unknown> as Promise<{
      readonly count: number;
      readonly results: readonly License[];
    }>;
  const source = () => sandboxUrl(vendor.url, 'big');

  async function originals(): Promise<readonly License[]> {
    const found: License[] = [];
    for (const [kind, pages] of [
      ['platform', 49],
      ['program', 1],
    ] as const) {
      for (let page = 1; page <= pages; page += 1) {
        found.push(...(await list(source(), kind, `page_size=100&page=${page}`)).results);
      }
    }
    return found;
  }

  it('holds none of the names, orders, keys and ids of 5,000 licenses', async () => {
    const found = await originals();
    expect(found).toHaveLength(5_000);
    const names = ['name', 'external_id', 'platform_key', 'program_key', 'program_name'];
    const values = new Set(
      found.flatMap((license) => [
        ...names.map((name) => license[name]),
        ...Object.values(license['metadata'] ?? {}),
      ]),
    );
    const texts = [...values].filter((each) => typeof each === 'string' && each.length > 2);
    expect(texts.length).toBeGreaterThan(1_000);
    const lines = [...new Set(text.split('\n'))].join('\n');
    expect(texts.filter((each) => lines.includes(String(each)))).toEqual([]);
    const { ibl } = parse(text) as { ibl: Record<string, { id: number }[]> };
    const ids = (name: string) => new Set(ibl[name]?.map(({ id }) => id));
    expect([ids('platform_licenses').size, ids('licenses').size]).toEqual([4_900, 100]);
    const known = new Set(found.map(({ id }) => Number(id)));
    expect([...ids('platform_licenses'), ...ids('licenses')].filter((id) => known.has(id))).toEqual(
      [],
    );
  }, 60_000);

  it('lists what was kept, in the file and on the terminal', () => {
    for (const field of ['licenses[].count (number)', 'licenses[].source (text)']) {
      expect(text).toContain(`#   ${field}\n`);
      expect(stdout).toContain(`  ${field}\n`);
    }
    expect(stdout).toContain('4900 platform_licenses');
  });

  it('pages, sorts and filters as the source', { timeout: 60_000 }, async () => {
    const copy = await load('big.yaml');
    const keep = ({ count, results }: Awaited<ReturnType<typeof list>>) => ({
      count,
      results: results.map(({ count: seats, created, started, expired, active, usage_count }) => [
        seats,
        created,
        started,
        expired,
        active,
        usage_count,
      ]),
    });
    const same = async (kind: string, query: string, other = query): Promise<void> => {
      const [left, right] = [await list(source(), kind, query), await list(copy.url, kind, other)];
      expect(keep(right), `${kind} ${query}`).toEqual(keep(left));
    };
    for (const query of ['', 'page=245', 'sort=name&page=17', 'sort=-external_id&page=3']) {
      await same('platform', query);
    }
    for (const query of ['sort=count', 'active=true&page_size=100', 'source=salesforce']) {
      await same('platform', query);
      await same('program', query);
    }
    // By values, which have stand-ins.
    const [[original], [standIn]] = [
      (await list(source(), 'program', 'page=2')).results,
      (await list(copy.url, 'program', 'page=2')).results,
    ];
    for (const field of ['platform_key', 'name', 'external_id', 'program_id']) {
      const [left, right] = [original?.[field], standIn?.[field]];
      if (left === null) continue;
      const query = (value: Json | undefined) => `${field}=${encodeURIComponent(String(value))}`;
      expect(right).not.toBe(left);
      await same('program', query(left), query(right));
    }
    await copy.stop();
  });
});

describe('a vendor', () => {
  it('that refuses the credentials ends the command with what it says', async () => {
    const { code, stderr } = await pull('ibl', '--url', vendor.url);
    expect(code).toBe(3);
    expect(stderr).toContain('was refused with 401. Send credentials with --header.');
    expect(stderr).toContain('Authentication credentials were not provided.');
  });

  it('that wants us to wait is asked again later', async () => {
    let asked = 0;
    const busy = await startLiveVendor((_request, response) => {
      asked += 1;
      if (asked === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ Data: [], Total: 0, PageIndex: 0 }));
      }
    });
    const startedMs = performance.now();
    const { code } = await pull('alice', '--url', busy.url, '--output', 'busy.yaml');
    await busy.stop();
    expect(code).toBe(0);
    expect(asked).toBe(2);
    expect(performance.now() - startedMs).toBeGreaterThan(1_000);
    expect(busy.seen[0]).toMatchObject({ method: 'POST', url: '/api/licenses' });
  });

  it('whose records a scenario cannot hold loses those', async () => {
    const odd = await startLiveVendor((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const row = { Id: '0b7c5a1e-6f0d-4c39-8a52-3d9e1f7b2c40', Name: '{x} is no parameter' };
      const rows = [{ ...row, AvailableSeats: 2 ** 40 }, { Id: 'none' }];
      response.end(JSON.stringify({ Data: rows, Total: 2, PageIndex: 0 }));
    });
    const { stdout } = await pull('alice', '--url', odd.url, '--output', 'odd.yaml');
    await odd.stop();
    expect(stdout).toContain('left out  licenses[].AvailableSeats must be <= 2147483647.');
    expect(stdout).toContain('left out  licenses[].id');
    const { alice } = parse(readFileSync(path.join(cwd, 'odd.yaml'), 'utf8')) as {
      alice: { licenses: object[] };
    };
    expect(alice.licenses).toMatchObject([{ Name: '{x} is no parameter' }, {}]);
  });

  it('sends the parameters without which a vendor lists nothing', async () => {
    const strict = await startTestServer({
      scenario: 'demo',
      settings: { 'IBL-LIST-PLATFORM': 'required' },
    });
    const args = ['--url', strict.url, '--header', `Authorization: ${IBL.authorization}`];
    const without = await pull('ibl', ...args, '--output', 'strict.yaml');
    const { code } = await pull(
      'ibl',
      ...args,
      '--output',
      'strict.yaml',
      '--param',
      'platform_key=acme',
    );
    await strict.stop();
    expect([without.code, without.stderr]).toEqual([3, expect.stringContaining('platform_key')]);
    expect(code).toBe(0);
    const { ibl } = parse(readFileSync(path.join(cwd, 'strict.yaml'), 'utf8')) as {
      ibl: { licenses: readonly { readonly platform_key: string }[] };
    };
    expect(ibl.licenses.length).toBeGreaterThan(0);
    expect(new Set(ibl.licenses.map((license) => license.platform_key))).toEqual(new Set(['acme']));
  });

  it('has a limit of requests', async () => {
    const credential = `Authorization: ${IBL.authorization}`;
    const url = sandboxUrl(vendor.url, 'big');
    const args = ['--url', url, '--header', credential, '--max-requests', '2'];
    const { code, stderr } = await pull('ibl', ...args, '--output', 'limited.yaml');
    expect(code).toBe(3);
    expect(stderr).toContain('2 requests were sent, which is the limit of --max-requests.');
  });
});

it("is not written over somebody's file, and needs a vendor and a URL", async () => {
  writeFileSync(path.join(cwd, 'mine.yaml'), 'name: mine\n');
  const over = await pull('ibl', '--url', vendor.url, '--output', 'mine.yaml');
  expect(over.code).toBe(2);
  expect(over.stderr).toContain('mine.yaml exists');
  const nobody = await pull('nobody', '--url', vendor.url);
  expect(nobody.stderr).toContain('Vendors: ibl, thought-industries, alice.');
  expect((await pull('ibl')).stderr).toContain('Name the live vendor with --url.');
});
