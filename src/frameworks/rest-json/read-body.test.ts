import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../messages/message.ts';
import type { Context } from '../framework.ts';
import { readBody } from './read-body.ts';

function decode(body: string | Buffer, contentType: string | undefined = 'application/json') {
  const notes: string[] = [];
  const note = (row: string) => void notes.push(row);
  const context = {
    warn: ({ message }: { message: string }) => void notes.push(message),
  } as unknown as Context<unknown>;
  const http = {
    headers: contentType === undefined ? {} : { 'content-type': contentType },
    body: Buffer.from(body),
  } as unknown as HttpRequest;
  return { read: readBody(http, context, note, () => true), notes };
}

const nest = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('readBody', () => {
  it.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"; x=y',
  ])('MEDIA-TYPE: reads %s', (type) => {
    expect(decode('{"a":1}', type).read).toEqual({ body: { a: 1 } });
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/vnd.api+json',
    'application/jsonp',
    'application/json; charset=latin1',
    ';;;=',
    '',
  ])('MEDIA-TYPE: does not read %j', (mediaType) => {
    const { read } = decode('{}', mediaType);
    expect(read).toEqual({ problem: 'unsupported-media-type', mediaType });
  });

  it('EMPTY-BODY: takes no body for an empty object, whatever its type', () => {
    expect(decode('', 'text/plain').read).toEqual({ body: {} });
  });

  it.each(['{"a": ', '[1,]', "{'a':1}", 'NaN', '{"a":1}{}', '\u0000'])('refuses %j', (text) => {
    expect(decode(text).read).toEqual({ problem: 'unparsable' });
  });

  it('skips a byte order mark', () => {
    expect(decode('\uFEFF{"a":1}').read).toEqual({ body: { a: 1 } });
  });

  it('ENCODING: reads bytes that are no UTF-8 as replacement characters, with a warning', () => {
    const { read, notes } = decode(Buffer.from([0x22, 0xff, 0x22]));
    expect(read).toEqual({ body: '\uFFFD' });
    expect(notes).toEqual(['ENCODING', expect.stringContaining('U+FFFD')]);
  });

  it('DEPTH: refuses more than 100 levels', () => {
    expect(decode(nest(100)).read).toHaveProperty('body');
    expect(decode(nest(101)).read).toEqual({ problem: 'unparsable' });
    expect(decode(nest(200_000)).read).toEqual({ problem: 'unparsable' });
  });

  it('keeps __proto__ as a key like any other', () => {
    const { read } = decode('{"__proto__":{"polluted":1}}');
    expect('body' in read && Object.keys(read.body as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
