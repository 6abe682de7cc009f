import { expect, it } from 'vitest';
import { parsePrefer } from '../messages/prefer.ts';
import { findPreferences } from './find-preferences.ts';

const raw = (query: string, headers: Record<string, string> = {}) => ({
  method: 'GET',
  path: '/',
  query,
  headers,
  body: Buffer.alloc(0),
  isTooLarge: false,
  origin: 'http://host:1',
});

it.each([
  ['__code=404', '', { code: 404 }],
  ['a=1&__example=My+first%2C+%22really%22&b=%20', 'a=1&b=%20', { example: 'My first, "really"' }],
  ['__dynamic=true&__code=201', '', { code: 201, dynamic: true }],
  [String.raw`__example=a\b`, '', { example: String.raw`a\b` }],
])('takes %s out of the query', (query, kept, preference) => {
  const found = findPreferences(raw(query));
  expect(found.query).toBe(kept);
  expect(parsePrefer(found.headers['prefer']).preference).toEqual(preference);
});

it('leaves what the header says as it is', () => {
  const { headers } = findPreferences(raw('__code=404', { prefer: 'code=403, delay=1' }));
  expect(parsePrefer(headers['prefer'])).toEqual({ preference: { code: 403 }, delayMs: 1000 });
});

it.each(['', 'a=1', '__codes=1', 'x__code=1'])('leaves the query "%s" alone', (query) => {
  const request = raw(query);
  expect(findPreferences(request)).toBe(request);
});
