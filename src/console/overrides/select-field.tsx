/** A choice under its label. */
import { Select } from '../parts/select.tsx';
import { Field } from './field.tsx';

export function SelectField({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <Field label={label}>
      {(id) => <Select id={id} value={value} options={options} onChange={onChange} />}
    </Field>
  );
}
