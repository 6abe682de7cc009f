/** A control under its label. */
import { useId, type ReactNode } from 'react';

export function Field({
  label,
  children,
}: {
  readonly label: string;
  /** Gets the id that the label names. */
  readonly children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
