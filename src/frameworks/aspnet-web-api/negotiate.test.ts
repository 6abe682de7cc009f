import { describe, expect, it } from 'vitest';
import { parseMediaType } from './media-type.ts';
import { negotiate } from './negotiate.ts';

function ask(headers: Readonly<Record<string, string>>) {
  return negotiate(headers, parseMediaType(headers['content-type'] ?? ''));
}

it.each([
  ['nothing sent', {}, 'application/json'],
  ['no Accept: the own type', { 'content-type': 'text/xml' }, 'text/xml'],
  ['no Accept, charset in the type', { 'content-type': 'text/json; charset=utf-8' }, 'text/json'],
  [
    'no Accept, a form',
    { 'content-type': 'application/x-www-form-urlencoded' },
    'application/json',
  ],
  [
    'unmatched: the own type',
    { accept: 'image/png', 'content-type': 'application/xml' },
    'application/xml',
  ],
  ['any', { accept: '*/*', 'content-type': 'application/xml' }, 'application/json'],
  ['any text', { accept: 'text/*', 'content-type': 'application/xml' }, 'text/json'],
  ['any application', { accept: 'application/*', 'content-type': 'text/xml' }, 'application/json'],
  [
    'a browser',
    { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' },
    'application/xml',
  ],
  [
    'one named before any of the same quality',
    { accept: 'application/xml;q=0.1, */*;q=0.1' },
    'application/xml',
  ],
  ['two named', { accept: 'application/xml, text/json' }, 'text/json'],
  ['two of one formatter', { accept: 'text/json, application/json' }, 'text/json'],
  [
    'quality zero',
    { accept: 'application/xml;q=0, */*', 'content-type': 'application/xml' },
    'application/json',
  ],
  ['parameters', { accept: 'application/xml; foo="b,ar"' }, 'application/json'],
  [
    'malformed: as if not sent',
    { accept: 'application/json, garbage', 'content-type': 'text/xml' },
    'text/xml',
  ],
])('%s', (_, headers, mediaType) => {
  expect(ask(headers as unknown as Record<string, string>).mediaType).toBe(mediaType);
});

describe('ALICE-CHARSETS', () => {
  it.each([
    [{ 'accept-charset': 'utf-16' }, 'utf-16'],
    [{ 'accept-charset': 'iso-8859-1, utf-16;q=0.5' }, 'utf-16'],
    [{ 'accept-charset': 'utf-16;q=0.5, UTF-8' }, 'utf-8'],
    [{ 'accept-charset': 'iso-8859-1' }, 'utf-8'],
    [{ 'content-type': 'application/json; charset=utf-16' }, 'utf-16'],
    [{ 'content-type': 'application/json; charset="utf-16"' }, 'utf-8'],
    [{ 'content-type': 'application/json; charset=latin1' }, 'utf-8'],
  ])('ALICE-CHARSETS: %j answers in %s', (headers, charset) => {
    expect(ask(headers as unknown as Record<string, string>).charset).toBe(charset);
  });
});

describe('parseMediaType', () => {
  it.each(['', 'garbage', 'a/b/c', 'a/', 'text/xml; =', `a/b;${'x'.repeat(5_000)}`])(
    'takes %.20s for malformed',
    (header) => expect(parseMediaType(header)).toBeUndefined(),
  );

  it('keeps the name as it was sent', () => {
    expect(parseMediaType('Text/Plain ; Charset=UTF-8')).toMatchObject({
      name: 'Text/Plain',
      type: 'text',
      charset: 'UTF-8',
    });
  });
});
