/** Sets a row of the ledger that is a number: roughly with the slider, exactly in the field. */
import { useId, useState } from 'react';
import type { LedgerRow } from '../../control-api/control-api.ts';

export function NumberSwitch({
  row,
  range: { min, max, default: usual },
  onChoose,
}: {
  readonly row: LedgerRow;
  readonly range: NonNullable<LedgerRow['number']>;
  readonly onChoose: (to: string) => void;
}) {
  const id = useId();
  const [value, setValue] = useState(row.choice ?? '');
  return (
    <form
      className="number-switch"
      aria-label={row.title}
      onSubmit={(event) => {
        event.preventDefault();
        onChoose(value);
      }}
    >
      <label htmlFor={`${id}-range`} className="visually-hidden">
        {row.title}, by slider
      </label>
      <input
        id={`${id}-range`}
        type="range"
        min={min}
        max={max}
        value={value}
        onChange={(event) => setValue(event.target.value)}
      />
      <label htmlFor={`${id}-number`} className="visually-hidden">
        {row.title}
      </label>
      <input
        id={`${id}-number`}
        className="input"
        type="number"
        required
        min={min}
        max={max}
        value={value}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setValue(event.target.value)}
      />
      <button className="button" type="submit" disabled={value === row.choice}>
        Set
      </button>
      <span id={`${id}-hint`} className="hint">
        {min} to {max}, {usual} by default
      </span>
    </form>
  );
}
