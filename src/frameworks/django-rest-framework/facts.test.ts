import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { djangoRows } from './facts.ts';

it('the list of rows has every row that the code names, and no other', () => {
  const code = globSync('*.ts', { cwd: import.meta.dirname })
    .filter((file) => !file.endsWith('.test.ts') && file !== 'facts.ts')
    .map((file) => readFileSync(path.join(import.meta.dirname, file), 'utf8'))
    .join('\n');
  const noted = [...code.matchAll(/\b(?:note|choose)\([^)]*'([A-Z-]+)'\)/g)].map(([, row]) => row);
  expect(djangoRows).toEqual(expect.arrayContaining(noted));
  expect(djangoRows.filter((row) => !code.includes(`'${row}'`))).toEqual([]);
});
