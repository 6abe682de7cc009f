import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

const bytes = (...parts: (string | number)[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part))),
  );

describe('UTF-8', () => {
  /** Recorded from the stream readers of CPython 3.11's codecs. */
  it.each([
    [[0xff], 'byte 0xff in position 6: invalid start byte'],
    [[0x80], 'byte 0x80 in position 6: invalid start byte'],
    [[0xc0, 0x80], 'byte 0xc0 in position 6: invalid start byte'],
    [[0xf5, 0x80], 'byte 0xf5 in position 6: invalid start byte'],
    [[0xc3, '('], 'byte 0xc3 in position 6: invalid continuation byte'],
    [[0xe2, 0x82], 'bytes in position 6-7: invalid continuation byte'],
    [[0xe2, '(', 0xa1], 'byte 0xe2 in position 6: invalid continuation byte'],
    [[0xe0, 0x80, 0x80], 'byte 0xe0 in position 6: invalid continuation byte'],
    [[0xed, 0xa0, 0x80], 'byte 0xed in position 6: invalid continuation byte'],
    [[0xf0, 0x9f, 0x98], 'bytes in position 6-8: invalid continuation byte'],
    [[0xf0, 0x80, 0x80, 0x80], 'byte 0xf0 in position 6: invalid continuation byte'],
    [[0xf4, 0x90, 0x80, 0x80], 'byte 0xf4 in position 6: invalid continuation byte'],
  ])('%j is refused in the words of Python', (wrong, words) => {
    expect(decodeText(bytes('{"a":"', ...wrong, '"}'), undefined)).toEqual({
      fault: `'utf-8' codec can't decode ${words}`,
    });
  });

  it('loses a character that is cut off at the end, as a stream does', () => {
    expect(decodeText(bytes('{}', 0xe2, 0x82), undefined)).toEqual({ text: '{}' });
    expect(decodeText(bytes('{}', 0xff), undefined)).toHaveProperty('fault');
  });

  it('keeps the byte order mark', () => {
    expect(decodeText(bytes(0xef, 0xbb, 0xbf, '{}'), 'UTF-8')).toEqual({ text: '\ufeff{}' });
  });

  it('reads any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeText(Buffer.from(text), undefined)).toEqual({ text });
      }),
    );
  });
});

describe('other charsets', () => {
  it.each([
    ['latin-1', { text: 'Ã©' }],
    ['ISO-8859-1', { text: 'Ã©' }],
    ['iso_8859_1', { text: 'Ã©' }],
    [
      'us-ascii',
      { fault: "'ascii' codec can't decode byte 0xc3 in position 0: ordinal not in range(128)" },
    ],
    ['nope', { text: 'é' }],
  ])('%s', (charset, decoded) => {
    expect(decodeText(bytes('é'), charset)).toEqual(decoded);
  });
});
