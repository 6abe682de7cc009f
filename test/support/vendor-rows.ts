/** Finds the ledger rows of a vendor. */
import type { LedgerRow } from '../../src/ledger/ledger.ts';
import type { Vendor } from '../../src/vendors/vendor.ts';

/** The id of a row of any of the vendors, in a text: `IBL-PAGE-LINKS`. */
export function rowPattern(vendors: readonly Pick<Vendor, 'ledgerPrefix'>[]): RegExp {
  const prefixes = vendors.map(({ ledgerPrefix }) => ledgerPrefix).join('|');
  return new RegExp(String.raw`\b(?:${prefixes})-[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*\b`, 'g');
}

/** The rows that the vendor's framework refers to, with the vendor's prefix. */
export function frameworkRows({ framework, ledgerPrefix }: Vendor): readonly string[] {
  return framework.rows.map((row) => `${ledgerPrefix}-${row}`);
}

/** Throws if no row with the vendor's prefix is about the operation. */
export function rowsOfOperation(
  rows: readonly LedgerRow[],
  { name, ledgerPrefix }: Vendor,
  operation: string,
): readonly LedgerRow[] {
  const found = rows.filter(
    ({ id, vendor, operations }) =>
      vendor === name &&
      id.startsWith(`${ledgerPrefix}-`) &&
      (operations.length === 0 || operations.includes(operation)),
  );
  if (found.length > 0) return found;
  throw new Error(`specs/ledger.yaml has no row ${ledgerPrefix}-… of ${name} ${operation}.`);
}
