/** The lists of ledger rows match the rows that the code refers to. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fluentValidationRows } from './fluent-validation/validate.ts';
import { webApiRows } from './rows.ts';

const code = globSync('**/*.ts', { cwd: import.meta.dirname })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(path.join(import.meta.dirname, file), 'utf8'))
  .join('\n')
  // The lists themselves.
  .replaceAll(/= \[[^\]]*\] as const/g, '');
const matches = (pattern: RegExp) => [...code.matchAll(pattern)].map(([, row = '']) => row);

it('names only rows that are listed, and all of them', () => {
  const noted = matches(/\b(?:note|choose|add)\('([A-Z]+(?:-[A-Z]+)*)'\)/g);
  const explained = matches(/\b[Rr]ow ([A-Z]+(?:-[A-Z]+)*)\b/g);
  const passed = matches(/'([A-Z]+(?:-[A-Z]+)+)'/g);
  const listed = [...webApiRows, ...fluentValidationRows];
  const found = new Set([...noted, ...explained, ...passed]);
  expect([...found].toSorted()).toEqual(listed.toSorted());
});
