/** scenarios/scenario.schema.json is what editors use: it is written from the code, `npx vitest run test/docs/scenario-schema.test.ts --update` renews it. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { scenarioSchema } from '../../src/scenarios/scenario.ts';
import { vendors } from '../../src/vendors/index.ts';

it('is the schema that scenarios are checked by', async () => {
  const text = `${JSON.stringify(scenarioSchema(vendors), null, 2)}\n`;
  const file = path.join(import.meta.dirname, '../../scenarios/scenario.schema.json');
  await expect(text).toMatchFileSnapshot(file);
});
