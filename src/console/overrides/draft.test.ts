import { expect, it } from 'vitest';
import { EMPTY, toOverride, type Draft } from './draft.ts';

it.each<readonly [Partial<Draft>, object]>([
  [{}, { effect: { reply: { error: 'rate-limited' } } }],
  [
    {
      vendor: 'ibl',
      operation: 'createProgramLicense',
      call: '3',
      atMost: '1',
      probability: '0.5',
    },
    {
      vendor: 'ibl',
      operation: 'createProgramLicense',
      when: { call: 3 },
      atMost: 1,
      probability: 0.5,
      effect: { reply: { error: 'rate-limited' } },
    },
  ],
  [
    {
      method: 'post',
      headers: 'x-a: b:c\n\nx-d: e',
      query: 'page=2',
      body: '{"a":1}',
      kind: 'fault',
    },
    {
      when: {
        method: 'POST',
        query: { page: '2' },
        headers: { 'x-a': 'b:c', 'x-d': 'e' },
        body: { a: 1 },
      },
      effect: { fault: 'reset-after' },
    },
  ],
  [
    { kind: 'reply', status: '409', replyHeaders: 'content-type: text/plain', replyBody: 'Taken.' },
    {
      effect: { reply: { status: 409, headers: { 'content-type': 'text/plain' }, body: 'Taken.' } },
    },
  ],
  [{ kind: 'patch', patch: '{"count":0}' }, { effect: { patch: { count: 0 } } }],
  [{ kind: 'delay', delayMs: '50' }, { effect: { delay: { ms: 50 } } }],
  [{ kind: 'rateLimit' }, { effect: { rateLimit: { limit: 10, windowSeconds: 60 } } }],
])('%j becomes %j', (change, override) => {
  expect(toOverride({ ...EMPTY, ...change })).toEqual(override);
});

it.each<readonly [Partial<Draft>, RegExp]>([
  [{ call: 'x' }, /n-th call: “x” is not a number/],
  [{ body: '{' }, /^Body: this is not JSON/],
  [{ headers: 'x' }, /^Headers: “x” has no :/],
])('%j is refused', (change, message) => {
  expect(() => toOverride({ ...EMPTY, ...change })).toThrow(message);
});
