import { expect, it } from 'vitest';
import { fill, slugOf } from './vocabulary.ts';

it.each([
  ['Workplace Safety Essentials', 'workplace-safety-essentials'],
  ['  Über Café & Co. ', 'uber-cafe-co'],
  ['日本語', 'untitled'],
  ['', 'untitled'],
])('slugOf %j is %j', (title, slug) => expect(slugOf(title)).toBe(slug));

it('fill takes words with dollar signs as they are', () => {
  expect(fill('{} Essentials', '$& $1')).toBe('$& $1 Essentials');
});
