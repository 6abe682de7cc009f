/** docs/config.schema.json is what editors use: it is written from the code, `npx vitest run test/docs/config-schema.test.ts --update` renews it. */
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { openLedger } from '../../src/parts.ts';
import { configSchema } from '../support/config-schema.ts';

const schema = configSchema(openLedger().rows);

it('describes every option of serve', async () => {
  const file = path.join(import.meta.dirname, '../../docs/config.schema.json');
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(file);
});

it.each([
  [
    { port: 5000, set: { 'IBL-PAGE-LINKS': 'integers' }, 'cors-origin': ['http://a.example'] },
    true,
  ],
  [{ watch: 'reset', cors: false, 'trust-proxy': 1, durability: 'disk' }, true],
  [{ prot: 5000 }, false],
  [{ port: 'x' }, false],
  [{ set: { 'IBL-PAGE-LINKS': 'nope' } }, false],
  [{ durability: 'never' }, false],
])('says of %j: %j', (config, isValid) => {
  expect(new Ajv2020().validate(schema, config)).toBe(isValid);
});
