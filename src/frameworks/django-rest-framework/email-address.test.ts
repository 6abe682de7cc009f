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
  [`${'a'.repeat(315)}@b.cde`, false],
])('%s: %s', (text, isRight) => {
  expect(isEmailAddress(text)).toBe(isRight);
});
