import { describe, expect, it } from 'vitest';
import { compareTemplates, compileTemplate, decodeSegments } from './path-template.ts';

const exactly = { ignoreCase: false, ignoreTrailingSlash: false };

describe('a path template', () => {
  it.each([
    ['/a/{id}', '/a/x%2Fy', { id: 'x/y' }],
    ['/a/{id}', '/a/x/y', undefined],
    ['/r.{format}', '/r.tar.gz', { format: 'tar.gz' }],
    ['/r.{format}', '/rxgz', undefined],
    ['/{a}-{b}', '/x-y', { a: 'x', b: 'y' }],
    ['/Films({key})', '/Films(3)', { key: '3' }],
    ['/caf%C3%A9/{id}', '/caf%C3%A9/1', { id: '1' }],
    ['/a/{id}', '/a/%zz', { id: '%zz' }],
  ])('%s reads %s', (template, path, parameters) => {
    expect(compileTemplate(template, exactly).match(decodeSegments(path))).toEqual(parameters);
  });

  it('is sorted by how concrete it is, from the left', () => {
    const sorted = ['/{x}/b', '/a/{x}', '/a/b.{x}', '/a/b', '/a/bcd.{x}', '/{x}/{y}'];
    expect(sorted.toSorted(compareTemplates)).toEqual([
      '/a/b',
      '/a/bcd.{x}',
      '/a/b.{x}',
      '/a/{x}',
      '/{x}/b',
      '/{x}/{y}',
    ]);
  });
});
