import { expect, it } from 'vitest';
import { isEmailAddress } from './email-address.ts';

it.each([
  'a@b.co',
  "o'neil+tag@mail.example.com",
  'ida.holm@example.com.',
  'ø@øl.dk',
  '"quoted local"@example.com',
  '"a@b"@example.com',
  'a@b_c.d1.com',
  'a@b.co\n',
])('takes %j', (text) => expect(isEmailAddress(text)).toBe(true));

it.each([
  '',
  'zz',
  'sample string 9',
  'a@',
  '@b.co',
  'a@b',
  'a@b.',
  'a@.co',
  'a@b.c0',
  'a@b..co.1',
  'a..b@c.de',
  '.a@b.co',
  'a.@b.co',
  'a b@c.de',
  'a@b@c.de',
  'a@-b.co',
  '"@b.co',
  'a@b.co\n\n',
])('refuses %j', (text) => expect(isEmailAddress(text)).toBe(false));

it('does not take long over a text that is almost an address', () => {
  const startedMs = performance.now();
  expect(isEmailAddress(`a@${'a.'.repeat(500_000)}1`)).toBe(false);
  expect(isEmailAddress(`"${'\\\\'.repeat(200_000)}`)).toBe(false);
  expect(performance.now() - startedMs).toBeLessThan(2_000);
});
