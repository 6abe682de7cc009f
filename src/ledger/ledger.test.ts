import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createLedger, loadLedger, type WrittenRow } from './ledger.ts';

const row = (id: string, extra: Partial<WrittenRow> = {}): WrittenRow => ({
  id,
  vendor: 'ibl',
  operations: [],
  title: 'A row',
  sources: [{ source: 'docs', says: 'one thing' }],
  mock: 'does it',
  evidence: 'documented',
  date: '2026-11-21',
  ...extra,
});

const ledger = createLedger([
  row('X-LINKS', { choices: ['urls', 'integers'] }),
  row('X-SIZE', { number: { default: 20, min: 1, max: 100 } }),
  row('X-NAMES', { choices: [{ id: 'long', why: 'The docs say so.' }, 'short'] }),
  row('X-FIXED'),
]);

it('knows the default choice of every row that can be switched', () => {
  expect(ledger.defaults).toEqual({ 'X-LINKS': 'urls', 'X-SIZE': '20', 'X-NAMES': 'long' });
});

it('takes the choices of a row and nothing else', () => {
  ledger.check({ 'X-LINKS': 'integers', 'X-SIZE': '100' }, '--set');
  expect(() => ledger.check({ 'X-LINKS': 'names' }, '--set')).toThrow(
    '--set: X-LINKS cannot be "names". Choose urls or integers.',
  );
  expect(() => ledger.check({ 'X-SIZE': '101' }, '--set')).toThrow('a whole number from 1 to 100');
  expect(() => ledger.check({ 'X-SIZE': '1.5' }, '--set')).toThrow('cannot be "1.5"');
});

it('reads a choice that is a name and one that has a reason in one form', () => {
  expect(ledger.rows.find(({ id }) => id === 'X-NAMES')?.choices).toEqual([
    { id: 'long', why: 'The docs say so.' },
    { id: 'short', why: undefined },
  ]);
});

it('says why one would choose, where that is known', () => {
  ledger.check({ 'X-NAMES': 'short' }, '--set');
  expect(() => ledger.check({ 'X-NAMES': 'none' }, '--set')).toThrow(
    '--set: X-NAMES cannot be "none". Choose long or short. long: The docs say so.',
  );
});

it.each(['X-FIXED', 'X-NOT-THERE'])('refuses to switch %s and names the rows that can be', (id) => {
  expect(() => ledger.check({ [id]: 'urls' }, 'demo.yaml settings')).toThrow(
    `demo.yaml settings: "${id}" is not a ledger row with choices. These are: X-LINKS, X-SIZE, X-NAMES.`,
  );
});

it('refuses two rows of one id', () => {
  expect(() => createLedger([row('X-A'), row('X-A')])).toThrow('The row X-A exists twice.');
});

it('refuses two choices of one name, whatever their form', () => {
  const choices = ['urls', { id: 'urls', why: 'The docs say so.' }];
  expect(() => createLedger([row('X-A', { choices })])).toThrow(
    'The row X-A has the choice urls twice.',
  );
});

it('refuses a reason why a row cannot be switched, where it can be or nobody doubts it', () => {
  const fixed = 'It changes nothing that a consumer sees.';
  const assumed = { evidence: 'assumed', fixed } as const;
  expect(createLedger([row('X-A', assumed)]).rows[0]?.fixed).toBe(fixed);
  expect(() => createLedger([row('X-A', { ...assumed, choices: ['a', 'b'] })])).toThrow(
    'The row X-A has "fixed", but it is a row with choices.',
  );
  expect(() => createLedger([row('X-A', { fixed })])).toThrow('but it is not assumed.');
});

const folder = mkdtempSync(path.join(tmpdir(), 'ledger-'));
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  { choices: ['urls', { id: 'drf' }], says: 'why' },
  { choices: ['urls', { id: 'drf', why: '' }], says: 'why' },
  { choices: ['urls', 7], says: 'choices.1' },
  { choices: ['urls'], says: 'choices' },
])('refuses a file with the choices $choices', ({ choices, says }) => {
  const file = path.join(folder, 'ledger.yaml');
  writeFileSync(file, JSON.stringify({ rows: [{ ...row('X-A'), choices }] }));
  expect(() => loadLedger(file)).toThrow(says);
});
