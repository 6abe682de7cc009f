import { expect, it } from 'vitest';
import { findNearest, findSimilar } from './nearest.ts';

const known = [
  'listProgramLicenses',
  'createProgramLicense',
  'updateProgramLicense',
  'createLicense',
];

it.each([
  ['listProgramLicences', 'listProgramLicenses'],
  ['createlicense', 'createLicense'],
  ['updateProgram', 'updateProgramLicense'],
])('takes %s for %s', (wrong, meant) => {
  expect(findNearest(wrong, known)[0]).toBe(meant);
});

it('names at most three, each once', () => {
  expect(findNearest('x', [...known, ...known])).toHaveLength(3);
  expect(findNearest('x', [])).toEqual([]);
});

it('takes a name of a million characters in its stride', () => {
  expect(findNearest('createLicense'.repeat(80_000), known)).toHaveLength(3);
});

it.each([
  ['warning', 'warn'],
  ['JUNIT', 'junit'],
  ['xml', undefined],
  ['', undefined],
])('takes "%s" for a slip of %s', (wrong, meant) => {
  expect(findSimilar(wrong, ['human', 'json', 'junit', 'warn'])).toBe(meant);
});
