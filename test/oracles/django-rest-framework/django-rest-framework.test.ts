/** The real framework and the mock answer the same requests in the same way. */
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadLedger } from '../../../src/ledger/ledger.ts';
import { ask, comparable, type Answer } from './compare.ts';
import { examples } from './examples.ts';
import { hasDjango } from './oracle.ts';
import { request, type Sent } from './requests.ts';
import { openBoth } from './world.ts';

const COUNT = Number(process.env['ORACLE_REQUESTS'] ?? 500);
const SEED = Number(process.env['ORACLE_SEED'] ?? Date.now() % 2 ** 31);
const SHOWN = 9;
const SHOWN_LENGTH = 1500;

const { rows } = loadLedger(path.join(import.meta.dirname, '../../../specs/ledger.yaml'));
const executed = rows.filter((row) => row.vendor === 'ibl' && row.evidence === 'executed');

describe.skipIf(!hasDjango)('Django REST framework', () => {
  let both: Awaited<ReturnType<typeof openBoth>>;
  beforeAll(async () => {
    both = await openBoth();
  }, 60_000);
  afterAll(() => Promise.all([both.django.stop(), both.mock.stop()]));

  const askBoth = (sent: Sent): Promise<[Answer, Answer]> =>
    Promise.all([ask(both.django.url, sent), ask(both.mock.url, sent)]);

  it(`answers ${COUNT} requests as the mock does (ORACLE_SEED=${SEED})`, async () => {
    const { python, django, restFramework } = both.django.versions;
    process.stderr.write(
      `Django oracle: ${COUNT} requests, ORACLE_SEED=${SEED}, Django REST framework ${restFramework}, Django ${django}, Python ${python}\n`,
    );
    const different: string[] = [];
    const statuses = new Set<number>();
    // One after the other: what a request changes must be the same on both sides.
    for (const sent of fc.sample(request, { numRuns: COUNT, seed: SEED })) {
      const [framework, mock] = (await askBoth(sent)).map((answer) => comparable(answer));
      statuses.add(Number(framework?.status));
      if (isDeepStrictEqual(framework, mock)) continue;
      // As texts: to compare whole lists of licenses would take minutes.
      different.push(
        JSON.stringify({ sent: { ...sent, body: sent.body.toString() } }),
        ...[framework, mock].map((answer) => JSON.stringify(answer).slice(0, SHOWN_LENGTH)),
      );
    }
    expect(different.slice(0, SHOWN)).toEqual([]);
    // Otherwise the requests are all refused for the same reason.
    expect([...statuses]).toEqual(expect.arrayContaining([200, 301, 400, 401, 403, 404, 405, 406]));
  });

  it.each(Object.entries(examples))(
    'executes %s, and the mock names the row',
    async (row, sent) => {
      const [framework, mock] = await askBoth(sent);
      expect(comparable(mock)).toEqual(comparable(framework));
      expect(mock.rows).toContain(row);
    },
  );
});

it('executes each row that the ledger calls executed, which names versions', () => {
  expect(Object.keys(examples).toSorted()).toEqual(executed.map(({ id }) => id).toSorted());
  const versions = /^Django REST framework \d+\.\d+ on Django \d+\.\d+ and Python \d+\.\d+$/;
  const unnamed = executed.filter(({ sources }) =>
    sources.every(({ source }) => !versions.test(source)),
  );
  expect(unnamed.map(({ id }) => id)).toEqual([]);
});
