import { expect, it } from 'vitest';
import { decodeUtf16 } from './decode-utf16.ts';

const MISSING = { fault: 'UTF-16 stream does not start with BOM' };

/** Recorded from the stream readers of CPython 3.11's codecs. */
it.each([
  ['utf-16', 'fffe7b007d00', { text: '{}' }],
  ['UTF_16', 'feff007b007d', { text: '{}' }],
  ['U16', '7b007d00', MISSING],
  ['utf-16', '7b7d', MISSING],
  ['utf-16', 'ff', { text: '' }],
  ['utf-16', 'fffe7b00007d', { text: '{\u7d00' }],
  ['UTF-16LE', '7b007d0078', { text: '{}' }],
  ['utf-16-le', '7b0000d800dc7d00', { text: '{\u{10000}}' }],
  ['utf-16-le', '7b0000d8', { text: '{' }],
  ['utf-16-be', '007b007d', { text: '{}' }],
  [
    'utf-16',
    'fffe7b0000d87d00',
    { fault: "'utf-16-le' codec can't decode bytes in position 4-5: illegal UTF-16 surrogate" },
  ],
  [
    'utf-16-le',
    '7b0000dc',
    { fault: "'utf-16-le' codec can't decode bytes in position 2-3: illegal encoding" },
  ],
  ['utf-8', '7b7d', undefined],
  [undefined, '7b7d', undefined],
])('%s %s', (charset, hex, decoded) => {
  expect(decodeUtf16(Buffer.from(hex, 'hex'), charset)).toEqual(decoded);
});
