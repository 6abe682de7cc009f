/** A choice of one among some. It has a label of its own, or an id that a label names. */
export function Select<Value extends string>({
  value,
  options,
  onChange,
  label,
  id,
}: {
  readonly value: Value;
  /** Each value, and its name for people. */
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
  readonly label?: string;
  readonly id?: string;
}) {
  return (
    <select
      id={id}
      className="select"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value as Value)}
    >
      {options.map(([each, name]) => (
        <option key={each} value={each}>
          {name}
        </option>
      ))}
    </select>
  );
}
