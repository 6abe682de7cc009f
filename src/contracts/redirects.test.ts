import { describe, expect, it } from 'vitest';
import { expectHiddenLocation, followRedirect, hideLocation, nameLocation } from './redirects.ts';

const asked = {
  method: 'POST',
  url: new URL('https://vendor.example/base'),
  path: '/base/list?a=1',
  headers: {
    'content-type': 'text/plain',
    authorization: 'secret',
    'x-key': 'k',
    host: 'vendor.example',
  },
  body: Buffer.from('x'),
  viaProxy: true,
};

function follow(status: number, location: string | undefined, method = 'POST') {
  const answer = { status, headers: { location }, body: Buffer.alloc(0) };
  const next = followRedirect({ ...asked, method }, answer, ['x-key']);
  return next && { ...next, to: next.url.origin + next.path };
}

describe('a redirect', () => {
  it.each([
    ['/other/?b=2', 'https://vendor.example/other/?b=2'],
    ['list/?a=1', 'https://vendor.example/base/list/?a=1'],
    ['?a=2', 'https://vendor.example/base/list?a=2'],
    ['http://vendor.example/x', 'http://vendor.example/x'],
  ])('to %s leads to %s', (location, to) => {
    expect(follow(307, location)?.to).toBe(to);
  });

  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [301, 'PUT', 'PUT'],
    [307, 'POST', 'POST'],
    [308, 'DELETE', 'DELETE'],
  ])('of %i turns %s into %s, which has no body where it is another', (status, method, next) => {
    const followed = follow(status, '/x', method);
    expect(followed?.method).toBe(next);
    const isSame = method === next;
    expect(followed?.body.toString()).toBe(isSame ? 'x' : '');
    expect('content-type' in (followed?.headers ?? {})).toBe(isSame);
  });

  it('takes credentials to the same origin alone', () => {
    expect(follow(307, '/x')?.headers).toMatchObject({ authorization: 'secret', 'x-key': 'k' });
    expect(follow(307, 'https://other.example/x')?.headers).toEqual({
      'content-type': 'text/plain',
      host: 'other.example',
    });
  });

  it.each([
    [301, undefined],
    [304, '/x'],
    [200, '/x'],
    [302, 'ftp://vendor.example/x'],
    [302, 'http://'],
  ])('leads nowhere: %i to %s', (status, location) => {
    expect(follow(status, location)).toBeUndefined();
  });
});

it('is hidden from Pact, which expects it under the same other name', () => {
  const hidden = hideLocation({ location: '/x/', allow: 'GET' });
  expect(hidden).toEqual({ 'x-pact-location': '/x/', allow: 'GET' });
  const response = {
    status: 301,
    headers: { location: '/x/', Allow: 'GET' },
    matchingRules: {
      header: { Location: { matchers: [] } },
      '$.headers.Location': {},
      "$.header['location']": {},
      '$.body.location': {},
    },
  };
  expect(expectHiddenLocation({ interactions: [{ description: 'a', response }] })).toEqual({
    interactions: [
      {
        description: 'a',
        response: {
          status: 301,
          headers: { 'X-Pact-Location': '/x/', Allow: 'GET' },
          matchingRules: {
            header: { 'X-Pact-Location': { matchers: [] } },
            '$.headers.X-Pact-Location': {},
            "$.header['X-Pact-Location']": {},
            '$.body.location': {},
          },
        },
      },
    ],
  });
  expect(nameLocation('header x-pact-location')).toBe('header Location');
});
