import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createPublicAddress, parseTrust } from './public-address.ts';

function request(headers: IncomingMessage['headers'], socket = {}): IncomingMessage {
  const peer = { remoteAddress: '10.0.0.9', localAddress: '127.0.0.1', localPort: 4010, ...socket };
  return { headers: { host: 'mock.example', ...headers }, socket: peer } as IncomingMessage;
}

const trusting = createPublicAddress({ baseUrl: undefined, trust: () => true });
const careful = createPublicAddress({ baseUrl: undefined, trust: undefined });

describe('what links start with', () => {
  it.each([
    ['nothing forwarded', {}, 'http://mock.example'],
    ['the scheme', { 'x-forwarded-proto': 'https' }, 'https://mock.example'],
    ['the host', { 'x-forwarded-host': 'a.example:8443' }, 'http://a.example:8443'],
    ['a prefix', { 'x-forwarded-prefix': '/mock/' }, 'http://mock.example/mock'],
    [
      'the first of several proxies',
      { 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'a.example, b.example' },
      'https://a.example',
    ],
    [
      'the standard header',
      { forwarded: 'for=192.0.2.60;proto=https;host="a.example:8443", for=10.0.0.1;proto=http' },
      'https://a.example:8443',
    ],
    [
      'both, of which the standard one does not count',
      { forwarded: 'proto=http;host=b.example', 'x-forwarded-proto': 'https' },
      'https://mock.example',
    ],
    [
      'what is no scheme, host or prefix',
      {
        'x-forwarded-proto': 'javascript',
        'x-forwarded-host': 'a.example/<script>',
        'x-forwarded-prefix': '//evil.example',
      },
      'http://mock.example',
    ],
  ])('%s', (_, headers, expected) => {
    expect(trusting.of(request(headers))).toBe(expected);
    expect(careful.of(request(headers))).toBe('http://mock.example');
  });

  it('is the base URL wherever one is set', () => {
    const fixed = createPublicAddress({ baseUrl: 'https://a.example/mock/', trust: () => true });
    const headers = { 'x-forwarded-host': 'b.example' };
    expect(fixed.of(request(headers))).toBe('https://a.example/mock');
  });

  it('is the own address where Host is no host', () => {
    expect(careful.of(request({ host: 'a b' }))).toBe('http://127.0.0.1:4010');
    const ipv6 = { localAddress: '::1', encrypted: true };
    expect(careful.of(request({ host: '' }, ipv6))).toBe('https://[::1]:4010');
  });
});

describe('trust', () => {
  it.each([
    ['true', true, true],
    ['1', true, true],
    ['loopback', true, false],
    ['loopback, 10.0.0.0/8', true, true],
    ['192.0.2.1', false, false],
  ])('%s', (text, isLocal, isOther) => {
    const trust = parseTrust(text);
    expect(trust?.('127.0.0.1')).toBe(isLocal);
    expect(trust?.('10.1.2.3')).toBe(isOther);
  });

  it.each(['false', '0'])('%s is none', (text) => {
    expect(parseTrust(text)).toBeUndefined();
  });

  it('is only had by the peer itself', () => {
    const trust = parseTrust('loopback');
    const address = createPublicAddress({ baseUrl: undefined, trust });
    expect(address.of(request({ 'x-forwarded-proto': 'https' }))).toBe('http://mock.example');
  });
});

it.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'])(
  'a request with %s came through a proxy',
  (name) => {
    expect(careful.isForwarded(request({ [name]: 'x' }))).toBe(true);
    expect(careful.isForwarded(request({}))).toBe(false);
    expect(trusting.isForwarded(request({}))).toBe(true);
  },
);
