import { expect, it } from 'vitest';
import { createOutgoing } from './outgoing.ts';

const upstream = {
  vendor: 'ibl',
  url: 'https://ibl.example/v2',
  headers: {},
  mode: 'proxy',
  forwardsCredentials: false,
  allowsWrites: false,
  timeoutMs: 1_000,
} as const;

const http = {
  method: 'GET',
  path: '/api/x',
  query: '',
  baseUrl: 'http://localhost',
  headers: {},
  body: Buffer.alloc(0),
};

it('drops what the client names as meant for its connection', () => {
  const { toVendor } = createOutgoing('mock');
  const headers = { connection: 'close, X-Hop', 'x-hop': '1', te: 'trailers', kept: '1' };
  const sent = toVendor({ ...http, headers }, upstream, undefined);
  expect(Object.keys(sent.headers).toSorted()).toEqual(['accept-encoding', 'kept', 'via']);
});

it.each(['*', '@evil.example/', 'evil'])('refuses %s, which is no path', (path) => {
  const { toVendor } = createOutgoing('mock');
  expect(() => toVendor({ ...http, path }, upstream, undefined)).toThrow('is not a path');
});

it('knows the requests that it sent, and no others', () => {
  const [one, other] = [createOutgoing('one'), createOutgoing('other')];
  const { headers } = one.toVendor(http, upstream, undefined);
  expect(one.isOwn({ headers })).toBe(true);
  expect(other.isOwn({ headers })).toBe(false);
  expect(one.isOwn({ headers: {} })).toBe(false);
});
