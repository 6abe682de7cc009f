import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderControlTypes, typesFile } from '../support/control-types.ts';

it('the types of the control API are those of its spec (npm run types:control)', async () => {
  expect(readFileSync(typesFile, 'utf8')).toBe(await renderControlTypes());
});
