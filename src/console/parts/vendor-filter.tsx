/** Narrows a list to a vendor and one of its operations. */
import { Select } from './select.tsx';

export function VendorFilter({
  vendors,
  operations,
  vendor,
  operation,
  onChange,
}: {
  readonly vendors: readonly (readonly [string, string])[];
  /** Of the chosen vendor. Empty: an operation cannot be chosen. */
  readonly operations: readonly string[];
  /** Empty: all. */
  readonly vendor: string;
  readonly operation: string;
  readonly onChange: (change: { readonly vendor?: string; readonly operation: string }) => void;
}) {
  return (
    <>
      <Select
        label="Vendor"
        value={vendor}
        options={[['', 'All vendors'], ...vendors]}
        onChange={(next) => onChange({ vendor: next, operation: '' })}
      />
      {operations.length > 0 && (
        <Select
          label="Operation"
          value={operation}
          options={[['', 'All operations'], ...namesOf(operations)]}
          onChange={(next) => onChange({ operation: next })}
        />
      )}
    </>
  );
}

function namesOf(names: readonly string[]): readonly (readonly [string, string])[] {
  return [...new Set(names)].toSorted().map((name) => [name, name]);
}
