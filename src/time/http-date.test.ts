import { expect, it } from 'vitest';
import { httpDate } from './http-date.ts';

it('An instant is shown as an HTTP date, whatever was asked before', () => {
  const first = Date.parse('2026-01-01T00:00:00.999Z');
  expect(httpDate(first)).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
  expect(httpDate(first + 1)).toBe('Thu, 01 Jan 2026 00:00:01 GMT');
  expect(httpDate(first)).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
  expect(httpDate(-1)).toBe('Wed, 31 Dec 1969 23:59:59 GMT');
});
