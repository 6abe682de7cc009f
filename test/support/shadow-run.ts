/**
 * A mock in mode `shadow` and a vendor that is another license-mock with other records. Five requests are answered
 * differently; each must be seen in its entry of the journal, and none in any other.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { JournalEntry } from '../../src/control-api/control-api.ts';
import { isWrite } from '../../src/openapi/effect.ts';
import { serveSpecs } from '../../src/parts.ts';
import { vendors } from '../../src/vendors/index.ts';
import { startMutatingProxy, type Answered, type Mutation } from '../contracts/mutating-proxy.ts';
import { control } from './control-client.ts';
import { fuzzTargets } from './fuzz-targets.ts';
import { startTestServer } from './server.ts';

type Call = { readonly path: string; readonly init: RequestInit };

const BATCH = 250;
const AT_ONCE = 8;

const LIST = '/api/catalog/licenses/program/';
const IBL = { authorization: 'Api-Token dm-admin' };
const change = (body: (text: string) => string) => (answered: Answered) => ({
  ...answered,
  body: body(answered.body),
});

/** How the vendor differs: by the header `x-way` of the request. */
const ways: readonly (Call & { readonly mutation: Mutation; readonly seen: object[] })[] = [
  {
    path: LIST,
    init: { headers: { ...IBL, 'x-way': '0' } },
    mutation: { ask: (asked) => ({ ...asked, url: `/_sandbox/integers${asked.url}` }) },
    seen: [
      {
        path: 'body.next_page',
        what: 'type',
        mock: 'string',
        live: 'number',
        row: 'IBL-PAGE-LINKS',
        choice: 'integers',
      },
    ],
  },
  {
    path: `${LIST}?page_size=1`,
    init: { headers: { ...IBL, 'x-way': '1' } },
    mutation: { answer: change((text) => text.replace(/"count":(\d+)/, '"count":"$1"')) },
    seen: [{ path: 'body.count', what: 'type', mock: 'number', live: 'string' }],
  },
  {
    path: '/api/licenses/0b7c5a1e-6f0d-4c39-8a52-3d9e1f7b2c40',
    init: { headers: { 'x-way': '2' } },
    mutation: { answer: (answered) => ({ ...answered, status: 201 }) },
    seen: [{ path: 'status', what: 'status', mock: 200, live: 201 }],
  },
  {
    path: `${LIST}?active=maybe`,
    init: { headers: { ...IBL, 'x-way': '3' } },
    mutation: { answer: change((text) => text.replace(/boolean/g, 'truth value')) },
    seen: [{ path: 'body.active[0]', what: 'words' }],
  },
  {
    path: '/incoming/v2/ping',
    init: { headers: { authorization: 'Bearer ti-key', 'x-way': '4' } },
    mutation: {
      answer: (answered) => ({
        ...answered,
        headers: { ...answered.headers, 'content-type': 'application/vnd.api+json' },
      }),
    },
    seen: [{ path: 'headers.content-type', what: 'header', live: 'application/vnd.api+json' }],
  },
];

/** How many requests the vendor answered, and how many of them differently. Throws at the first that is wrong. */
export async function runShadow(
  count: number,
  seed: number,
): Promise<{ readonly compared: number; readonly different: number }> {
  const vendor = await startTestServer({
    scenario: 'demo',
    clock: '2027-03-01T00:00:00Z',
    options: { seed: '77' },
  });
  await control(vendor.url, 'PUT /sandboxes/integers', {
    scenario: 'demo',
    settings: { 'IBL-PAGE-LINKS': 'integers' },
  });
  const proxy = await startMutatingProxy(vendor.url);
  proxy.mutate({
    ask: (asked) => wayOf(asked.headers)?.ask?.(asked) ?? asked,
    answer: (answered, asked) => wayOf(asked.headers)?.answer?.(answered, asked) ?? answered,
  });
  const names = vendors.map(({ name }) => name);
  const mock = await startTestServer({
    scenario: 'demo',
    options: {
      upstream: names.map((name) => `${name}=${proxy.url}`),
      'upstream-header': [
        'ibl=authorization: Api-Token dm-admin',
        'thought-industries=authorization: Bearer ti-key',
      ],
      'upstream-mode': 'shadow',
      // Generous, for a machine that is busy: a vendor that is late is another test's.
      'upstream-timeout': '60s',
    },
  });
  await control(mock.url, 'PUT /sandboxes/bare', { scenario: 'empty' });
  try {
    const calls = await readCalls(count, seed);
    const total = { compared: 0, different: 0 };
    for (let start = 0; start < calls.length; start += BATCH) {
      const isFirst = start === 0;
      const own = isFirst ? ways.map(({ path, init }) => ({ path, init })) : [];
      const found = await sendBatch(mock.url, [...own, ...calls.slice(start, start + BATCH)]);
      for (const entry of found) {
        const way = Number(entry.request.headers['x-way'] ?? -1);
        const expected = ways[way]?.seen ?? [];
        expect(entry.drift ?? [], describe(entry, seed)).toMatchObject(expected);
        expect(entry.drift ?? [], describe(entry, seed)).toHaveLength(expected.length);
        expect(['compared', undefined], describe(entry, seed)).toContain(entry.live?.outcome);
        if (entry.live) total.compared += 1;
        if (expected.length > 0) total.different += 1;
      }
    }
    return total;
  } finally {
    await mock.stop();
    proxy.stop();
    await vendor.stop();
  }
}

function wayOf(headers: Readonly<Record<string, string>>): Mutation | undefined {
  return ways[Number(headers['x-way'] ?? -1)]?.mutation;
}

/** Generated reads of all vendors, in two sandboxes: one has the vendor's scenario, the other has nothing. */
async function readCalls(count: number, seed: number): Promise<readonly Call[]> {
  const served = await serveSpecs({ specs: undefined }, vendors);
  const reads = served.flatMap(({ spec }) =>
    spec.operations.filter((each) => !isWrite(each, each.operation.method)),
  );
  const ids = new Set(reads.map(({ operation }) => `${operation.vendor} ${operation.id}`));
  const targets = [...fuzzTargets(served)].flatMap(([id, target]) => (ids.has(id) ? [target] : []));
  const call = fc.oneof(
    ...targets.map(({ operation: { method }, headers, path, query, body }) =>
      fc
        .tuple(path, query, body ?? fc.constant(undefined), fc.constantFrom('', '/_sandbox/bare'))
        .map(([address, asked, value, base]): Call => {
          const search = asked.length > 0 ? `?${new URLSearchParams(asked).toString()}` : '';
          const type = value && { 'content-type': 'application/json' };
          return {
            path: base + address + search,
            init: {
              method,
              headers: { ...headers, ...type },
              ...(value && { body: JSON.stringify(value) }),
            },
          };
        }),
    ),
  );
  return fc.sample(call, { numRuns: count, seed });
}

/** Sends the calls, waits until the vendor has answered all of them, and returns their entries. */
async function sendBatch(url: string, calls: readonly Call[]): Promise<readonly JournalEntry[]> {
  const left = [...calls];
  const sendAll = async (): Promise<void> => {
    for (let call = left.shift(); call; call = left.shift()) {
      const answer = await fetch(url + call.path, { redirect: 'manual', ...call.init });
      await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendAll));
  const entries: JournalEntry[] = [];
  for (const sandbox of ['default', 'bare']) {
    const at = `/sandboxes/${sandbox}/journal` as const;
    for (;;) {
      const { body } = await control(url, `GET ${at}?limit=1000`);
      const found = body['entries'] as JournalEntry[];
      if (found.every(({ live }) => live?.outcome !== 'waiting')) {
        entries.push(...found);
        break;
      }
      await sleep(20);
    }
    await control(url, `DELETE ${at}`);
  }
  return entries;
}

function describe(entry: JournalEntry, seed: number): string {
  const { request, drift, live, response } = entry;
  return `seed ${seed}: ${request.method} ${request.url} ${JSON.stringify({ body: request.body, drift, live, response }).slice(0, 3_000)}`;
}
