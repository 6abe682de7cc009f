import path from 'node:path';
import { expect, it } from 'vitest';
import { fluentValidationRows } from '../../frameworks/aspnet-web-api/fluent-validation/validate.ts';
import { webApiRows } from '../../frameworks/aspnet-web-api/rows.ts';
import { loadLedger } from '../../ledger/ledger.ts';

it('has a ledger row for each one that its frameworks name', () => {
  const { rows } = loadLedger(path.join(import.meta.dirname, '../../../specs/ledger.yaml'));
  const expected = [...webApiRows, ...fluentValidationRows].map((row) => `ALICE-${row}`);
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(expected));
});
