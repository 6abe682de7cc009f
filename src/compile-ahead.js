/**
 * Compiles our specs, and checks our ledger and scenarios, when the project is installed or built. On a Node that is too old to read TypeScript nothing is
 * compiled, and the mock reads the specs when it starts, which takes longer.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describeOldNode } from './node-version.js';

if (describeOldNode() === undefined) {
  const { compileAhead } = await import('./openapi/compile-ahead.ts');
  const { recordGood } = await import('./schema/known-good.ts');
  const { writeKnownGood } = await import('./schema/write-known-good.ts');
  const { recordValues, writeKnownValues } = await import('./yaml/known-values.ts');
  const { openLedger, openScenarios, serveSpecs } = await import('./parts.ts');
  const { vendors } = await import('./vendors/index.ts');
  await compileAhead(path.join(import.meta.dirname, '../specs'));
  const good = recordGood();
  recordValues();
  const served = await serveSpecs({ specs: undefined }, vendors);
  const scenarios = openScenarios(
    openLedger(),
    served.map(({ vendor }) => vendor),
  );
  const folder = path.join(import.meta.dirname, '../scenarios');
  for (const file of readdirSync(folder)) {
    if (file.endsWith('.yaml')) scenarios.load(path.join(folder, file));
  }
  writeKnownGood(good);
  writeKnownValues();
}
