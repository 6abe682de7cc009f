import { expect, it } from 'vitest';
import { createLedger, type LedgerRow } from './ledger.ts';

const row = (id: string, extra: Partial<LedgerRow> = {}): LedgerRow => ({
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
  row('X-FIXED'),
]);

it('knows the default choice of every row that can be switched', () => {
  expect(ledger.defaults).toEqual({ 'X-LINKS': 'urls', 'X-SIZE': '20' });
});

it('takes the choices of a row and nothing else', () => {
  ledger.check({ 'X-LINKS': 'integers', 'X-SIZE': '100' }, '--set');
  expect(() => ledger.check({ 'X-LINKS': 'names' }, '--set')).toThrow(
    '--set: X-LINKS cannot be "names". Choose urls or integers.',
  );
  expect(() => ledger.check({ 'X-SIZE': '101' }, '--set')).toThrow('a whole number from 1 to 100');
  expect(() => ledger.check({ 'X-SIZE': '1.5' }, '--set')).toThrow('cannot be "1.5"');
});

it.each(['X-FIXED', 'X-NOT-THERE'])('refuses to switch %s and names the rows that can be', (id) => {
  expect(() => ledger.check({ [id]: 'urls' }, 'demo.yaml settings')).toThrow(
    `demo.yaml settings: no ledger row "${id}" can be switched. These can: X-LINKS, X-SIZE.`,
  );
});

it('refuses two rows of one id', () => {
  expect(() => createLedger([row('X-A'), row('X-A')])).toThrow('The row X-A is there twice.');
});
