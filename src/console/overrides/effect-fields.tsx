/** What an override does: one kind, with the fields of that kind. */
import type { Draft, Kind } from './draft.ts';
import { SelectField } from './select-field.tsx';
import { TextField } from './text-field.tsx';
import { errorKinds, faults } from './choices.ts';

const KINDS: Readonly<Record<Kind, string>> = {
  error: 'An error, in the vendor’s form',
  reply: 'An answer of your own',
  patch: 'The vendor’s answer, changed',
  delay: 'The vendor’s answer, late',
  fault: 'A broken connection',
  rateLimit: 'A limit on calls',
};

type Props = { readonly draft: Draft; readonly set: (change: Partial<Draft>) => void };

export function EffectFields({ draft, set }: Props) {
  return (
    <fieldset>
      <legend>What happens</legend>
      <div className="kinds" role="radiogroup" aria-label="Kind of effect">
        {Object.entries(KINDS).map(([kind, text]) => (
          <label key={kind}>
            <input
              type="radio"
              name="kind"
              checked={draft.kind === kind}
              onChange={() => set({ kind: kind as Kind })}
            />
            {text}
          </label>
        ))}
      </div>
      <div className="fields">
        <KindFields draft={draft} set={set} />
      </div>
    </fieldset>
  );
}

function KindFields({ draft, set }: Props) {
  switch (draft.kind) {
    case 'error':
      return (
        <SelectField
          label="Error"
          value={draft.error}
          options={errorKinds.map((kind) => [kind, kind])}
          onChange={(error) => set({ error })}
        />
      );
    case 'reply':
      return (
        <>
          <TextField label="Status" name="status" draft={draft} set={set} size={6} />
          <TextField
            label="Headers, name: value"
            name="replyHeaders"
            draft={draft}
            set={set}
            isLong
          />
          <TextField label="Body, JSON or text" name="replyBody" draft={draft} set={set} isLong />
        </>
      );
    case 'patch':
      return (
        <TextField label="Merge patch (RFC 7396)" name="patch" draft={draft} set={set} isLong />
      );
    case 'delay':
      return <TextField label="Milliseconds" name="delayMs" draft={draft} set={set} size={8} />;
    case 'fault':
      return (
        <SelectField
          label="Fault"
          value={draft.fault}
          options={Object.entries(faults)}
          onChange={(fault) => set({ fault })}
        />
      );
    case 'rateLimit':
      return (
        <>
          <TextField label="Calls" name="limit" draft={draft} set={set} size={6} />
          <TextField label="in seconds" name="windowSeconds" draft={draft} set={set} size={6} />
        </>
      );
  }
}
