/** The catalogue of errors and docs/errors.md say the same, in both directions. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { errorCatalogue } from '../../src/errors.ts';

const text = readFileSync(path.join(import.meta.dirname, '../../docs/errors.md'), 'utf8');
const documented = [...text.matchAll(/^## ([a-z-]+)\n\n\*\*(\d{3})\*\* · (.+)$/gm)].map(
  ([, code, status, title]) => [code, { status: Number(status), title }],
);

it('documents every error once, with its status and title', () => {
  expect(Object.fromEntries(documented)).toEqual(errorCatalogue);
  expect(documented).toHaveLength(Object.keys(errorCatalogue).length);
});
