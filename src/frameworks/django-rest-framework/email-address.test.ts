import { expect, it } from 'vitest';
import { isEmailAddress } from './email-address.ts';

it.each([
  ['maya@example.com', true],
  ['a.b+c@d-e.fg', true],
  ['a@b.c', false],
  ['a@b.cd-', false],
  ['a@-b.de', false],
  ['.a@b.de', false],
  ['a..b@c.de', false],
  ['a@b', false],
  ['@b.cd', false],
  ['maya', false],
  ['maya@localhost', true],
  ['maya@LOCALHOST', false],
  ['"a"@b.cd', true],
  ['"a b"@b.cd', false],
  ['"a\\ b"@b.cd', true],
  ['"a@b"@b.cd', true],
  ['a@[127.0.0.1]', true],
  ['a@[::1]', true],
  ['a@[127.0.0.256]', false],
  ['a@bücher.de', true],
  ['ä@b.de', false],
  ['a@b..de', false],
  [`${'a'.repeat(315)}@b.cde`, false],
])('%s: %s', (text, isRight) => {
  expect(isEmailAddress(text)).toBe(isRight);
});
