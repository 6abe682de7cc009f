import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exchangeOf, type ExchangeOptions } from '../../test/support/recorded-exchange.ts';
import { MockError } from '../errors.ts';
import type { Entry } from './entry.ts';
import type { JournalFilter } from './filter.ts';
import { createJournal, JOURNAL_DEFAULTS, type Journal, type JournalOptions } from './journal.ts';

function journalOf(
  exchanges: readonly ExchangeOptions[],
  options: Partial<JournalOptions> = {},
): Journal {
  const journal = createJournal({ ...JOURNAL_DEFAULTS, ...options });
  for (const [i, exchange] of exchanges.entries()) {
    journal.record(exchangeOf({ id: `default-${i + 1}`, ...exchange }));
  }
  return journal;
}

function idsOf(journal: Journal, filter: JournalFilter = {}, sandbox = 'default'): string[] {
  return journal.list(sandbox, filter).entries.map(({ id }) => id.replace('default-', ''));
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
  ])('%s', (_, filter, ids) => {
    expect(idsOf(journal, filter)).toEqual(ids);
  });

  it('and says how many there are on all pages, and where the next one starts', () => {
    const page = journal.list('default', { limit: 3 });
    expect(page).toMatchObject({ total: 4, next: 'default-2' });
    expect(journal.list('default', { limit: 3, before: 'default-2' })).toMatchObject({
      total: 4,
      next: null,
    });
  });

  it('nothing for a sandbox that was asked nothing', () => {
    expect(journal.list('nobody')).toEqual({ entries: [], total: 0, next: null });
  });

  it('a hundred entries when not told how many', () => {
    const long = journalOf(Array.from({ length: 101 }, () => ({})));
    expect(long.list('default').entries).toHaveLength(100);
  });

  it.each([0, -1, 1.5, 1_001, Number.NaN])('not %d entries', (limit) => {
    expect(() => journal.list('default', { limit })).toThrow(MockError);
    expect(() => journal.list('default', { limit })).toThrow(/limit: .* from 1 to 1000/);
  });

  it('nothing older than an entry that never was, and says so', () => {
    expect(() => journal.list('default', { before: 'typo' })).toThrow(
      expect.objectContaining({ code: 'invalid-request', pointer: '#/before' }),
    );
  });

  it('nothing older than an entry that has been dropped meanwhile', () => {
    const small = journalOf([{}, {}, {}], { maxEntries: 2 });
    expect(small.list('default', { before: 'default-1' })).toMatchObject({ total: 2, next: null });
    expect(idsOf(small, { before: 'default-1' })).toEqual([]);
  });
});

it('Pages together give every entry that a filter finds once, in order', () => {
  const kinds = fc.array(fc.constantFrom('ibl', 'alice'), { maxLength: 30 });
  const filters = fc.constantFrom<JournalFilter>({}, { vendor: 'ibl' }, { text: 'ALICE' });
  fc.assert(
    fc.property(kinds, filters, fc.integer({ min: 1, max: 7 }), (vendors, filter, limit) => {
      const journal = journalOf(
        vendors.map((vendor) => ({ vendor, request: { url: `/${vendor}` } })),
      );
      const everything = journal.list('default', { ...filter, limit: 1_000 });
      const entries: Entry[] = [];
      let before: string | null | undefined;
      do {
        const page = journal.list('default', { ...filter, limit, ...(before && { before }) });
        expect(page.total).toBe(everything.total);
        expect(page.entries.length > 0 || page.total === 0).toBe(true);
        entries.push(...page.entries);
        before = page.next;
      } while (before !== null);
      expect(entries).toEqual(everything.entries);
      expect(entries).toHaveLength(everything.total);
    }),
  );
});

describe('Those who follow a sandbox', () => {
  it('get each new entry of it, as it is listed, until they leave', () => {
    const journal = journalOf([{}]);
    const seen: Entry[] = [];
    const leave = journal.follow('default', (entry) => seen.push(entry));
    journal.record(exchangeOf({ id: 'default-2', request: { headers: { cookie: 'abc' } } }));
    journal.record(exchangeOf({ id: 'other-1', sandbox: 'other' }));
    leave();
    leave();
    journal.record(exchangeOf({ id: 'default-3' }));
    expect(seen).toEqual([journal.list('default').entries[1]]);
    expect(seen[0]?.request.headers).toEqual({ cookie: '[redacted]' });
  });

  it('stay when the journal is cleared, and are told the end when the sandbox is gone', () => {
    const journal = journalOf([{}]);
    const told: string[] = [];
    journal.follow(
      'default',
      ({ id }) => told.push(id),
      () => told.push('end'),
    );
    journal.clear('default');
    journal.record(exchangeOf({ id: 'default-2' }));
    journal.forget('default');
    journal.record(exchangeOf({ id: 'default-3' }));
    expect(told).toEqual(['default-2', 'end']);
  });

  it('get no more once they fail, and nobody else notices', () => {
    const journal = journalOf([]);
    const told: string[] = [];
    const fail = () => {
      told.push('failed');
      throw new Error('The socket is closed');
    };
    journal.follow('default', fail, fail);
    journal.follow('default', ({ id }) => told.push(id));
    journal.record(exchangeOf({ id: 'default-1' }));
    journal.record(exchangeOf({ id: 'default-2' }));
    expect(told).toEqual(['failed', 'failed', 'default-1', 'default-2']);
    expect(journal.size().entries).toBe(2);
  });

  it('may leave, send others away and come while they are told', () => {
    const journal = journalOf([]);
    const told: string[] = [];
    const leave = journal.follow('default', () => {
      leave();
      leaveOther();
      journal.follow('default', ({ id }) => told.push(`late ${id}`));
    });
    const leaveOther = journal.follow('default', ({ id }) => told.push(`other ${id}`));
    journal.record(exchangeOf({ id: 'default-1' }));
    journal.record(exchangeOf({ id: 'default-2' }));
    expect(told).toEqual(['late default-2']);
  });
});

it('A journal that is off keeps nothing', () => {
  const journal = journalOf([{}, {}], { maxEntries: 0 });
  journal.follow('default', () => expect.unreachable());
  journal.record(exchangeOf());
  expect(journal.size()).toEqual({ entries: 0, bytes: 0, sandboxes: 0 });
  expect(journal.compare('default', {})).toEqual({ comparisons: [], dropped: 3 });
});

it('Clearing one sandbox leaves the others alone', () => {
  const journal = journalOf([{}, { sandbox: 'other' }]);
  journal.clear('default');
  journal.clear('nobody');
  expect(journal.size()).toMatchObject({ entries: 1, sandboxes: 1 });
});
