import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { verifyOptions } from './verify-options.ts';

const file = path.join(import.meta.dirname, '../../docs/contracts.md');
const [, text = ''] = readFileSync(file, 'utf8').split('reads these environment variables');

it('reads the variables that docs/contracts.md lists, and no others', () => {
  const [table = ''] = text.split('\n## ');
  const listed = table.match(/LICENSE_MOCK_\w+/g);
  expect(verifyOptions.flatMap(({ variable }) => variable ?? [])).toEqual(listed);
});
