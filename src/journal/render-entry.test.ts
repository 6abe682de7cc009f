import { describe, expect, it } from 'vitest';
import { exchangeOf, type ExchangeOptions } from '../../test/support/recorded-exchange.ts';
import { keepExchange } from './keep-exchange.ts';
import { createRedactor } from './redact.ts';
import { renderEntry } from './render-entry.ts';
import { REDACTED_NAMES } from './secret-names.ts';

const LIMIT = 40;
const FORM = 'application/x-www-form-urlencoded';

function entryOf(options: ExchangeOptions) {
  return renderEntry(keepExchange(exchangeOf(options), LIMIT), createRedactor(REDACTED_NAMES));
}

function bodyOf(contentType: string, body: Buffer | string, more: Record<string, string> = {}) {
  const headers = { ...(contentType !== '' && { 'Content-Type': contentType }), ...more };
  return entryOf({ request: { headers, body } }).request.body;
}

it('An entry is as the control API answers it', () => {
  const warning = { in: 'body', path: ['count'], keyword: 'type', message: 'read as 7' } as const;
  const entry = entryOf({
    id: 'default-7',
    status: 201,
    warnings: [warning],
    ledger: ['IBL-PAGE-LINKS'],
    override: '3',
    request: {
      url: '/a?token=abc&b=1',
      headers: { authorization: 'Api-Token abc', accept: ['a/b', 'c/d'], host: undefined },
      body: { name: 'Spring', token: 'abc' },
    },
  });
  expect(entry).toEqual({
    id: 'default-7',
    time: '2026-01-01T00:00:00.000Z',
    sandbox: 'default',
    vendor: 'ibl',
    operation: 'createProgramLicense',
    kind: 'handled',
    status: 201,
    durationMs: 1.23,
    warnings: [warning],
    violations: [],
    ledger: ['IBL-PAGE-LINKS'],
    override: '3',
    request: {
      method: 'POST',
      url: '/a?token=[redacted]&b=1',
      headers: { authorization: '[redacted]', accept: 'a/b, c/d' },
      body: { json: { name: 'Spring', token: '[redacted]' }, bytes: 31 },
    },
    response: {
      status: 201,
      headers: { 'content-type': 'application/json' },
      body: { json: { id: 1 }, bytes: 8 },
    },
  });
});

it('A request that found no vendor has none, and no override that did not act is named', () => {
  const entry = entryOf({ vendor: undefined, operation: undefined, kind: 'unmatched' });
  expect(entry).toMatchObject({ vendor: null, operation: null, kind: 'unmatched' });
  expect(entry).not.toHaveProperty('override');
});

it('What is said of a secret field does not repeat its value', () => {
  const { violations } = entryOf({
    violations: [
      { in: 'body', path: ['token'], keyword: 'type', message: '"abc" is too short' },
      { in: 'body', path: ['name'], keyword: 'type', message: 'has token="abc" in it' },
    ],
  });
  expect(violations.map(({ message }) => message)).toEqual([
    '[redacted]',
    'has token="[redacted]" in it',
  ]);
});

describe('A body is shown', () => {
  it.each<[string, string, Buffer | string, unknown]>([
    ['as null where there is none', 'application/json', '', null],
    ['as JSON', 'application/json', '{"a":[1,null]}', { json: { a: [1, null] }, bytes: 14 }],
    ['as JSON without a media type', '', '{"a":1}', { json: { a: 1 }, bytes: 7 }],
    ['as JSON whatever the media type says', 'text/plain', ' [1]', { json: [1], bytes: 4 }],
    ['as a number where it says so', 'application/problem+json', '12', { json: 12, bytes: 2 }],
    ['as text where a number is none', 'text/plain', '12', { text: '12', bytes: 2 }],
    [
      'as text where JSON is broken',
      'application/json',
      '{"token":"abc"',
      { text: '{"token":"[redacted]"', bytes: 14 },
    ],
    ['as a form', FORM, 'a=1&token=x:y', { text: 'a=1&token=[redacted]', bytes: 13 }],
    [
      'as JSON that was sent as a form',
      FORM,
      '{"token":"a&b=c"}',
      { json: { token: '[redacted]' }, bytes: 17 },
    ],
    [
      'as text that was sent as a form',
      FORM,
      '{"token":"a&b=c',
      { text: '{"token":"[redacted]', bytes: 15 },
    ],
    [
      'as a form of something else',
      FORM,
      '%7B%22token%22:%22a&"token":1=2&c',
      { text: '[redacted]&[redacted]&c', bytes: 33 },
    ],
    [
      'as XML',
      'text/xml',
      '<a><Token>b</Token></a>',
      { text: '<a><Token>[redacted]</Token></a>', bytes: 23 },
    ],
    ['as text in UTF-8', 'text/plain', 'é€', { text: 'é€', bytes: 5 }],
    [
      'as text in Latin-1',
      'text/plain; charset=latin1',
      Buffer.from('é', 'latin1'),
      { text: 'é', bytes: 1 },
    ],
    [
      'as UTF-16 by its charset',
      'text/json; charset="utf-16"',
      Buffer.from('{}', 'utf16le'),
      { json: {}, bytes: 4 },
    ],
    [
      'as UTF-16 by its mark',
      '',
      Buffer.from('\uFEFF{"a":1}', 'utf16le'),
      { json: { a: 1 }, bytes: 16 },
    ],
    [
      'as UTF-8 where the charset is unknown',
      'text/plain; charset=x',
      'é',
      { text: 'é', bytes: 2 },
    ],
    ['as base64', 'image/png', Buffer.from([255, 1]), { base64: '/wE=', bytes: 2 }],
    ['not at all as multipart', 'multipart/form-data', 'x', { redacted: true, bytes: 1 }],
    [
      'not at all where bytes look like a secret',
      'application/json',
      Buffer.from('{"token":"abc\u00FF"}', 'latin1'),
      { redacted: true, bytes: 16 },
    ],
    [
      'not at all where UTF-16 without a mark does',
      'application/json',
      Buffer.from('{"token":"a"}', 'utf16le'),
      { redacted: true, bytes: 26 },
    ],
  ])('%s', (_, contentType, body, shown) => {
    expect(bodyOf(contentType, body)).toEqual(shown);
  });

  it('not at all where it is compressed', () => {
    const encoded = { 'content-encoding': 'gzip' };
    expect(bodyOf('text/plain', 'x', encoded)).toEqual({ redacted: true, bytes: 1 });
    expect(bodyOf('text/plain', 'x', { 'content-encoding': 'Identity' })).toEqual({
      text: 'x',
      bytes: 1,
    });
  });
});

describe('A body over the limit', () => {
  it('says that it was cut, and how long it was', () => {
    const body = JSON.stringify({ name: 'a'.repeat(LIMIT) });
    expect(bodyOf('application/json', body)).toEqual({
      truncated: true,
      bytes: 51,
      text: `{"name":"${'a'.repeat(31)}`,
    });
  });

  it('loses a secret that it was cut in', () => {
    expect(bodyOf('application/json', `{"token":"${'a'.repeat(LIMIT)}`)).toMatchObject({
      text: '{"token":"[redacted]',
    });
  });

  it('loses half a character at its end', () => {
    const body = `${'a'.repeat(LIMIT - 1)}é`;
    expect(bodyOf('text/plain', body)).toMatchObject({ text: 'a'.repeat(LIMIT - 1) });
    expect(entryOf({ response: { body } }).response.body).toMatchObject({ bytes: LIMIT + 1 });
  });

  it('is cut where it is no text, too', () => {
    expect(bodyOf('image/png', Buffer.alloc(LIMIT + 2, 255))).toEqual({
      truncated: true,
      base64: Buffer.alloc(LIMIT, 255).toString('base64'),
      bytes: LIMIT + 2,
    });
  });
});
