import { describe, expect, it } from 'vitest';
import { parseQueryDict } from './query-dict.ts';

describe('parseQueryDict', () => {
  it.each([
    ['', {}],
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a=1&a=2&a=3', { a: ['1', '2', '3'] }],
    ['a', { a: '' }],
    ['a=&=b&&', { a: '', '': 'b' }],
    ['a=b+c%20d%2B', { a: 'b c d+' }],
    ['a=%zz&b=%', { a: '%zz', b: '%' }],
    ['?a=1', { '?a': '1' }],
    ['a=%ff', { a: '\ufffd' }],
    ['a=1;b=2', { a: '1;b=2' }],
  ])('%j', (text, fields) => {
    expect(parseQueryDict(text)).toEqual(fields);
  });

  it('keeps prototype keys as plain names', () => {
    const fields = parseQueryDict('__proto__=1&constructor=2') ?? {};
    expect(Object.keys(fields)).toEqual(['__proto__', 'constructor']);
  });

  it('reads a thousand fields and no more', () => {
    const fields = (count: number) => Array.from({ length: count }, (_, i) => `k${i}=v`).join('&');
    expect(Object.keys(parseQueryDict(fields(1000)) ?? {})).toHaveLength(1000);
    expect(parseQueryDict(fields(1001))).toBeUndefined();
  });
});
