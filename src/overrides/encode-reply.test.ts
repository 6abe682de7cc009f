import { expect, it } from 'vitest';
import { encodeReply } from './encode-reply.ts';

it('leaves a reply that names no content type to the vendor', () => {
  expect(encodeReply({ status: 418, body: { a: 1 } })).toBeUndefined();
  expect(encodeReply({ status: 503, headers: { 'retry-after': '1' } })).toBeUndefined();
});

it.each([
  ['a page', 'text/html', '<p>Down</p>', '<p>Down</p>'],
  ['broken JSON', 'application/json', '{"a":', '{"a":'],
  ['an object', 'application/json', { a: [1] }, '{"a":[1]}'],
  ['null', 'application/json', null, 'null'],
  ['no body', 'text/plain', undefined, ''],
])('sends %s as the rule says', (_, type, body, sent) => {
  const headers = { 'Content-Type': type };
  expect(encodeReply({ status: 200, headers, ...(body !== undefined && { body }) })).toEqual({
    headers,
    body: sent,
  });
});
