import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../messages/message.ts';
import type { TiContext } from './config.ts';
import { decodeBody } from './decode-body.ts';

function decode(body: string | Buffer, contentType: string | undefined = 'application/json') {
  const notes: string[] = [];
  const context = {
    note: (row: string) => void notes.push(row),
    warn: ({ message }: { message: string }) => void notes.push(message),
  } as unknown as TiContext;
  const http = {
    headers: contentType === undefined ? {} : { 'content-type': contentType },
    body: Buffer.from(body),
  } as unknown as HttpRequest;
  return { decoded: decodeBody(http, context), notes };
}

const nest = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('decodeBody', () => {
  it.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"; x=y',
  ])('TI-MEDIA-TYPE: reads %s', (type) => {
    expect(decode('{"a":1}', type).decoded).toEqual({ value: { a: 1 } });
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/vnd.api+json',
    'application/jsonp',
    'application/json; charset=latin1',
    ';;;=',
    '',
  ])('TI-MEDIA-TYPE: does not read %j', (mediaType) => {
    const { decoded, notes } = decode('{}', mediaType);
    expect(decoded).toEqual({ problem: 'unsupported-media-type', mediaType });
    expect(notes).toEqual(['TI-MEDIA-TYPE']);
  });

  it('TI-EMPTY-BODY: takes no body for an empty object, whatever its type', () => {
    expect(decode('', 'text/plain').decoded).toEqual({ value: {} });
  });

  it.each(['{"a": ', '[1,]', "{'a':1}", 'NaN', '{"a":1}{}', '\u0000'])('refuses %j', (text) => {
    expect(decode(text).decoded).toEqual({ problem: 'unparsable' });
  });

  it('skips a byte order mark', () => {
    expect(decode('\uFEFF{"a":1}').decoded).toEqual({ value: { a: 1 } });
  });

  it('TI-ENCODING: reads bytes that are no UTF-8 as replacement characters, with a warning', () => {
    const { decoded, notes } = decode(Buffer.from([0x22, 0xff, 0x22]));
    expect(decoded).toEqual({ value: '\uFFFD' });
    expect(notes).toEqual(['TI-ENCODING', expect.stringContaining('U+FFFD')]);
  });

  it('TI-DEPTH: refuses more than 100 levels', () => {
    expect(decode(nest(100)).decoded).toHaveProperty('value');
    expect(decode(nest(101)).decoded).toEqual({ problem: 'unparsable' });
    expect(decode(nest(200_000)).decoded).toEqual({ problem: 'unparsable' });
  });

  it('keeps __proto__ as a key like any other', () => {
    const { decoded } = decode('{"__proto__":{"polluted":1}}');
    expect('value' in decoded && Object.keys(decoded.value as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
