/** A text of the draft under its label. */
import type { Draft } from './draft.ts';
import { Field } from './field.tsx';

type Texts = Exclude<keyof Draft, 'kind'>;

export function TextField({
  label,
  name,
  draft,
  set,
  size,
  isLong = false,
}: {
  readonly label: string;
  readonly name: Texts;
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
  readonly size?: number;
  /** Several lines. */
  readonly isLong?: boolean;
}) {
  const value = draft[name];
  return (
    <Field label={label}>
      {(id) =>
        isLong ? (
          <textarea
            id={id}
            className="textarea"
            spellCheck={false}
            value={value}
            onChange={(event) => set({ [name]: event.target.value })}
          />
        ) : (
          <input
            id={id}
            className="input"
            size={size}
            value={value}
            onChange={(event) => set({ [name]: event.target.value })}
          />
        )
      }
    </Field>
  );
}
