import { describe, expect, it } from 'vitest';
import { vendors } from '../vendors/index.ts';
import { findUnknownReferences } from './check-references.ts';

const find = (document: Parameters<typeof findUnknownReferences>[0]) =>
  findUnknownReferences(document, vendors).map(({ path, message }) => [path.join('.'), message]);

const platforms = [{ id: 1, key: 'acme' }];

describe('a name that the file itself has a list of', () => {
  it('is found where it is not in the list', () => {
    const ibl = { platforms, licenses: [{ platform_key: 'acme' }, { platform_key: 'acmee' }] };
    expect(find({ ibl })).toEqual([
      [
        'ibl.licenses.1.platform_key',
        '"acmee" is not in platforms. Did you mean acme? To have it created, write "references: open" in the file.',
      ],
    ]);
  });

  it('is found in a list of names', () => {
    const section = { courses: [{ id: 'a' }], clients: [{ id: 'c', courseIds: ['a', 'zzzz'] }] };
    expect(find({ 'thought-industries': section })).toEqual([
      [
        'thought-industries.clients.0.courseIds',
        expect.stringContaining('"zzzz" is not in courses'),
      ],
    ]);
  });
});

it.each([
  [
    'open references are written there',
    { references: 'open', ibl: { platforms, licenses: [{ platform_key: 'x' }] } },
  ],
  ['there is no list', { ibl: { licenses: [{ platform_key: 'x' }] } }],
  ['the list is empty', { ibl: { platforms: [], licenses: [{ platform_key: 'x' }] } }],
  ['the name is a parameter', { ibl: { platforms, licenses: [{ platform_key: '{key}' }] } }],
])('nothing is found where %s', (_, document) => {
  expect(find(document)).toEqual([]);
});
