/** The layers of docs/architecture.md are those that the lint enforces, and all of src/ is in one. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { layers } from '../../oxlint.config.ts';

const root = path.join(import.meta.dirname, '../..');

it('the architecture page shows the layers of the lint', () => {
  const page = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
  const [, picture = ''] = /^## Layers$[\s\S]*?^```\n([\s\S]*?)^```$/m.exec(page) ?? [];
  const lines = picture.trim().split('\n');
  expect(lines.map((line) => line.split(/ +/))).toEqual(layers);
});

it('every source file is in a layer', () => {
  const files = globSync('**/*.ts', { cwd: path.join(root, 'src') });
  const names = new Set(files.map((file) => file.split(path.sep)[0]?.replace(/\.ts$/, '')));
  expect([...names].toSorted()).toEqual(layers.flat().toSorted());
});
