import { expect, it } from 'vitest';
import { nearestNames } from './nearest-names.ts';

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
  expect(nearestNames(wrong, known)[0]).toBe(meant);
});

it('names at most three, each once', () => {
  expect(nearestNames('x', [...known, ...known])).toHaveLength(3);
  expect(nearestNames('x', [])).toEqual([]);
});

it('takes a name of a million characters in its stride', () => {
  expect(nearestNames('createLicense'.repeat(80_000), known)).toHaveLength(3);
});
