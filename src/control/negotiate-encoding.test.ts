import { expect, it } from 'vitest';
import { negotiateEncoding } from './negotiate-encoding.ts';

it.each([
  ['gzip, deflate, br', 'br'],
  ['gzip, deflate', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
  ['*', 'br'],
  ['*, br;q=0', 'gzip'],
  ['BR', 'br'],
  ['deflate', 'identity'],
  ['', 'identity'],
  [undefined, 'identity'],
])('%s takes %s', (header, expected) => {
  expect(negotiateEncoding(header, () => true)).toBe(expected);
});

it('takes a form that is stored', () => {
  expect(negotiateEncoding('br, gzip', (name) => name === 'gzip')).toBe('gzip');
});
