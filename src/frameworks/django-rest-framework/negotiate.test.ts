import { describe, expect, it } from 'vitest';
import { negotiate } from './negotiate.ts';

describe('what JSON satisfies', () => {
  it.each([
    undefined,
    '*/*',
    'application/*',
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/json;q=0.1',
    'text/html, application/xhtml+xml, */*;q=0.8',
    'nonsense, application/json',
    '*/json',
  ])('%s', (accept) => {
    expect(negotiate(accept).isAcceptable).toBe(true);
  });
});

describe('what it does not', () => {
  it.each(['application/xml', 'text/html', '', 'json', 'application/vnd.api+json', ',', 'text/*'])(
    '%j',
    (accept) => {
      expect(negotiate(accept).isAcceptable).toBe(false);
    },
  );
});

describe('indent', () => {
  it.each([
    ['application/json; indent=4', 4],
    ['application/json; indent="2"', 2],
    ['application/json; indent=99', 8],
    ['application/json; indent=0', undefined],
    ['application/json; indent=-3', undefined],
    ['application/json; indent=x', undefined],
    ['*/*; indent=3', 3],
    ['*/*; indent=3, application/json', undefined],
  ])('%s', (accept, indent) => {
    expect(negotiate(accept).indent).toBe(indent);
  });
});
