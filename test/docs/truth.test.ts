import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderTruth, truthFile } from '../support/truth-docs.ts';

/** The formatter aligns the columns. */
const squeeze = (text: string) => text.replaceAll(/-{2,}/g, '--').replaceAll(/ +/g, ' ').trim();

it('docs/truth.md counts the rows of the ledger and of the probes (npm run docs:truth)', () => {
  expect(squeeze(readFileSync(truthFile, 'utf8'))).toBe(squeeze(renderTruth()));
});
