import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { renderCurl, toRequest } from './copy-as.ts';

it('writes a curl command that a shell reads back as it was', () => {
  const body = `it's "a" $HOME \`x\` body`;
  const curl = renderCurl({
    method: 'POST',
    url: 'http://x/?a=1&b=2',
    headers: { 'x-a': "o'k" },
    body,
  });
  const printed = execFileSync('sh', ['-c', curl.replace('curl', 'printf "%s\\n"')], {
    encoding: 'utf8',
  });
  expect(printed.split('\n')).toEqual([
    '-i',
    '-X',
    'POST',
    '-H',
    "x-a: o'k",
    '--data-raw',
    body,
    'http://x/?a=1&b=2',
    '',
  ]);
});

it('puts credentials that work in the place of hidden ones, and leaves out what a client adds', () => {
  const request = toRequest(
    {
      id: 'checkout-1',
      time: '2026-01-01T00:00:00.000Z',
      sandbox: 'checkout',
      vendor: 'ibl',
      operation: 'listProgramLicenses',
      kind: 'handled',
      status: 200,
      durationMs: 1,
      warnings: [],
      violations: [],
      ledger: [],
      request: {
        method: 'GET',
        url: '/_sandbox/checkout/api/?page=1',
        headers: {
          host: 'x',
          'user-agent': 'curl',
          'sec-fetch-mode': 'cors',
          authorization: '[redacted]',
          'x-tenant': 'a',
        },
        body: null,
      },
      response: { status: 200, headers: {}, body: null },
    },
    'http://127.0.0.1:4010/_sandbox/checkout',
    [
      {
        vendor: 'ibl',
        credentials: [],
        method: 'GET',
        path: '/',
        headers: { authorization: 'Api-Token dm-admin' },
      },
    ],
  );
  expect(request).toEqual({
    method: 'GET',
    url: 'http://127.0.0.1:4010/_sandbox/checkout/api/?page=1',
    headers: { authorization: 'Api-Token dm-admin', 'x-tenant': 'a' },
    body: undefined,
  });
});
