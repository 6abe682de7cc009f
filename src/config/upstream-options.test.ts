import { describe, expect, it } from 'vitest';
import { readOptions, type Flags } from './options.ts';
import { parseUpstreams, upstreamOptions } from './upstream-options.ts';

const parse = (flags: Flags) => parseUpstreams(readOptions(upstreamOptions, flags, {}));

describe('the options of upstreams', () => {
  it('give each vendor its own headers', () => {
    const all = parse({
      upstream: ['ibl=https://ibl.example/dm/', 'alice=http://alice.example'],
      'upstream-header': ['ibl=Authorization: Api-Token a=b', 'ibl=X-Tenant: acme'],
      'upstream-mode': 'shadow',
      'upstream-timeout': '500ms',
    });
    expect(all).toMatchObject([
      {
        vendor: 'ibl',
        url: 'https://ibl.example/dm',
        headers: { authorization: 'Api-Token a=b', 'x-tenant': 'acme' },
        mode: 'shadow',
        timeoutMs: 500,
        forwardsCredentials: false,
        allowsWrites: false,
      },
      { vendor: 'alice', url: 'http://alice.example', headers: {} },
    ]);
  });

  it('take a header without a vendor if there is only one', () => {
    const [only] = parse({ upstream: 'ibl=http://ibl.example', 'upstream-header': 'X-Key: a=b' });
    expect(only?.headers).toEqual({ 'x-key': 'a=b' });
  });

  it.each([
    [{ upstream: 'http://ibl.example' }, 'Write VENDOR=URL'],
    [{ upstream: 'ibl=ftp://ibl.example' }, 'Write VENDOR=URL'],
    [{ upstream: 'ibl=http://ibl.example?x=1' }, 'Leave out query and fragment'],
    [{ upstream: ['ibl=http://a', 'ibl=http://b'] }, 'ibl has an upstream already'],
    [{ 'upstream-header': 'X-Key: 1' }, 'Name its live vendor with --upstream'],
    [{ upstream: 'ibl=http://a', 'upstream-header': 'alice=X-Key: 1' }, 'Name its live vendor'],
    [{ upstream: ['ibl=http://a', 'alice=http://b'], 'upstream-header': 'X: 1' }, 'VENDOR=Name'],
    [{ 'upstream-mode': 'shadow' }, 'Name a live vendor with --upstream'],
    [{ upstream: 'ibl=http://a', 'upstream-header': 'secret' }, "Write 'Name: value'"],
  ])('are refused as %j', (flags: Flags, message) => {
    expect(() => parse(flags)).toThrow(message);
  });

  it('never show a secret', () => {
    const wrong = () => parse({ upstream: 'ibl=https://me:hunter2@ibl.example' });
    expect(wrong).toThrow('send them with --upstream-header');
    expect(wrong).not.toThrow('hunter2');
    const header = () => parse({ 'upstream-header': 'X-Key hunter2' });
    expect(header).not.toThrow('hunter2');
  });
});
