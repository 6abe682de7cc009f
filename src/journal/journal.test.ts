import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journalOf } from '../../test/support/memory-journal.ts';
import { exchangeOf } from '../../test/support/recorded-exchange.ts';
import type { JournalEntry, JournalFilter } from '../control-api/control-api.ts';
import { MockError } from '../errors.ts';
import type { Journal } from './journal.ts';

async function idsOf(
  journal: Journal,
  filter: JournalFilter = {},
  sandbox = 'default',
): Promise<string[]> {
  const { entries } = await journal.list(sandbox, filter);
  return entries.map(({ id }) => id.replace('default-', ''));
}

describe('A journal lists', () => {
  const journal = journalOf([
    { vendor: 'ibl', status: 200, request: { body: { external_id: 'Acme-1', token: 'hidden' } } },
    { vendor: 'alice', operation: 'addLicense', status: 400, response: { body: '{"x":null}' } },
    { vendor: 'ibl', operation: 'listProgramLicenses', request: { url: '/a?sort=-Name&token=q' } },
    { vendor: undefined, operation: undefined, kind: 'unmatched', status: 404 },
    { sandbox: 'other' },
  ]);

  it.each<[string, JournalFilter, string[]]>([
    ['everything, newest first', {}, ['4', '3', '2', '1']],
    ['by vendor', { vendor: 'ibl' }, ['3', '1']],
    ['by operation', { operation: 'addLicense' }, ['2']],
    ['by status', { status: 404 }, ['4']],
    ['by all of these', { vendor: 'ibl', status: 200, text: 'acme' }, ['1']],
    ['by a text in a request’s body, in any case', { text: 'ACME-1' }, ['1']],
    ['by a text in a response’s body', { text: '"x":null' }, ['2']],
    ['by a text in the URL', { text: 'sort=-name' }, ['3']],
    ['by a text in the operation', { text: 'listProgram' }, ['3']],
    ['nothing by a text that is redacted', { text: 'hidden' }, []],
    ['by what stands for a secret', { text: '[redacted]' }, ['3', '1']],
    ['nothing by the null of a body that is not there', { text: 'null', vendor: 'ibl' }, []],
    ['everything by an empty text', { text: '' }, ['4', '3', '2', '1']],
    ['what is older than an entry', { before: 'default-3' }, ['2', '1']],
    ['no more than asked for', { limit: 2 }, ['4', '3']],
  ])('%s', async (_, filter, ids) => {
    expect(await idsOf(journal, filter)).toEqual(ids);
  });

  it('and says how many there are on all pages, and where the next one starts', async () => {
    const page = await journal.list('default', { limit: 3 });
    expect(page).toMatchObject({ total: 4, next: 'default-2' });
    expect(await journal.list('default', { limit: 3, before: 'default-2' })).toMatchObject({
      total: 4,
      next: null,
    });
  });

  it('nothing for a sandbox that was asked nothing', async () => {
    expect(await journal.list('nobody')).toEqual({ entries: [], total: 0, next: null });
  });

  it('a hundred entries when not told how many', async () => {
    const long = journalOf(Array.from({ length: 101 }, () => ({})));
    expect((await long.list('default')).entries).toHaveLength(100);
  });

  it.each([0, -1, 1.5, 1_001, Number.NaN])('not %d entries', async (limit) => {
    const listing = journal.list('default', { limit });
    await expect(listing).rejects.toThrow(MockError);
    await expect(listing).rejects.toThrow(/limit: .* from 1 to 1000/);
  });

  it('nothing older than an entry that never was, and says so', async () => {
    await expect(journal.list('default', { before: 'typo' })).rejects.toMatchObject({
      code: 'invalid-request',
      pointer: '#/before',
    });
  });

  it('nothing older than an entry that has been dropped meanwhile', async () => {
    const small = journalOf([{}, {}, {}], { maxEntries: 2 });
    expect(await small.list('default', { before: 'default-1' })).toMatchObject({
      total: 2,
      next: null,
    });
    expect(await idsOf(small, { before: 'default-1' })).toEqual([]);
  });
});

it('Pages together give every entry that a filter finds once, in order', async () => {
  const kinds = fc.array(fc.constantFrom('ibl', 'alice'), { maxLength: 30 });
  const filters = fc.constantFrom<JournalFilter>({}, { vendor: 'ibl' }, { text: 'ALICE' });
  await fc.assert(
    fc.asyncProperty(
      kinds,
      filters,
      fc.integer({ min: 1, max: 7 }),
      async (vendors, filter, limit) => {
        const journal = journalOf(
          vendors.map((vendor) => ({ vendor, request: { url: `/${vendor}` } })),
        );
        const everything = await journal.list('default', { ...filter, limit: 1_000 });
        const entries: JournalEntry[] = [];
        let before: string | null | undefined;
        do {
          const page = await journal.list('default', {
            ...filter,
            limit,
            ...(before && { before }),
          });
          expect(page.total).toBe(everything.total);
          expect(page.entries.length > 0 || page.total === 0).toBe(true);
          entries.push(...page.entries);
          before = page.next;
        } while (before !== null);
        expect(entries).toEqual(everything.entries);
        expect(entries).toHaveLength(everything.total);
      },
    ),
  );
});

describe('Those who follow a sandbox', () => {
  it('get each new entry of it, as it is listed, until they leave', async () => {
    const journal = journalOf([{}]);
    const seen: JournalEntry[] = [];
    const leave = await journal.follow('default', (entry) => seen.push(entry));
    journal.add(exchangeOf({ id: 'default-2', request: { headers: { cookie: 'abc' } } }));
    journal.add(exchangeOf({ id: 'other-1', sandbox: 'other' }));
    leave();
    leave();
    journal.add(exchangeOf({ id: 'default-3' }));
    expect(seen).toEqual([(await journal.list('default')).entries[1]]);
    expect(seen[0]?.request.headers).toEqual({ cookie: '[redacted]' });
  });

  it('stay when the journal is cleared, and are told the end when the sandbox is gone', async () => {
    const journal = journalOf([{}]);
    const told: string[] = [];
    await journal.follow(
      'default',
      ({ id }) => told.push(id),
      () => told.push('end'),
    );
    await journal.clear('default');
    journal.add(exchangeOf({ id: 'default-2' }));
    await journal.shared.forget('default');
    journal.add(exchangeOf({ id: 'default-3' }));
    expect(told).toEqual(['default-2', 'end']);
  });

  it('get no more once they fail, and nobody else notices', async () => {
    const journal = journalOf([]);
    const told: string[] = [];
    const fail = () => {
      told.push('failed');
      throw new Error('The socket is closed');
    };
    await journal.follow('default', fail, fail);
    await journal.follow('default', ({ id }) => told.push(id));
    journal.add(exchangeOf({ id: 'default-1' }));
    journal.add(exchangeOf({ id: 'default-2' }));
    expect(told).toEqual(['failed', 'failed', 'default-1', 'default-2']);
    expect(await journal.size()).toMatchObject({ entries: 2 });
  });

  it('may leave, send others away and come while they are told', async () => {
    const journal = journalOf([]);
    const told: string[] = [];
    const leave = await journal.follow('default', () => {
      leave();
      leaveOther();
      void journal.follow('default', ({ id }) => told.push(`late ${id}`));
    });
    const leaveOther = await journal.follow('default', ({ id }) => told.push(`other ${id}`));
    journal.add(exchangeOf({ id: 'default-1' }));
    journal.add(exchangeOf({ id: 'default-2' }));
    expect(told).toEqual(['late default-2']);
  });
});

it('A journal that is off keeps nothing', async () => {
  const journal = journalOf([{}, {}], { maxEntries: 0 });
  await journal.follow('default', () => expect.unreachable());
  journal.add(exchangeOf());
  expect(await journal.size()).toEqual({ entries: 0, bytes: 0, sandboxes: 0 });
  expect(await journal.compare('default', {})).toEqual({ comparisons: [], dropped: 3 });
});

it('Clearing one sandbox leaves the others alone', async () => {
  const journal = journalOf([{}, { sandbox: 'other' }]);
  await journal.clear('default');
  await journal.clear('nobody');
  expect(await journal.size()).toMatchObject({ entries: 1, sandboxes: 1 });
});
