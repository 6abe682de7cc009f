/** A form for one override: which calls, how often, and what happens. A preview says what it would do. */
import { useId, useState } from 'react';
import { messageOf } from '../../errors.ts';
import type { JournalEntry, Override, Rule } from '../../control-api/control-api.ts';
import { useVendors } from '../api/use-queries.ts';
import { toOverride, type Draft } from './draft.ts';
import { EffectFields } from './effect-fields.tsx';
import { TextField } from './text-field.tsx';
import { SelectField } from './select-field.tsx';
import { Preview } from './preview.tsx';

export function OverrideForm({
  initial,
  source,
  sandbox,
  onAdd,
}: {
  readonly initial: Draft;
  /** The request that the form was opened from. */
  readonly source: JournalEntry | undefined;
  readonly sandbox: string;
  readonly onAdd: (override: Override) => Promise<Rule | undefined>;
}) {
  const id = useId();
  const { data } = useVendors();
  const [draft, setDraft] = useState(initial);
  const [fault, setFault] = useState<string>();
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const vendors = data?.vendors ?? [];
  const operations = vendors
    .filter(({ name }) => draft.vendor === '' || name === draft.vendor)
    .flatMap((vendor) => vendor.operations);
  const read = (): Override | undefined => {
    try {
      const override = toOverride(draft);
      setFault(undefined);
      return override;
    } catch (thrown) {
      setFault(messageOf(thrown));
      return undefined;
    }
  };
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{source ? `New override, from ${source.id}` : 'New override'}</h2>
      <form
        className="override-form"
        onSubmit={(event) => {
          event.preventDefault();
          const override = read();
          if (override) void onAdd(override);
        }}
      >
        <fieldset>
          <legend>Which calls</legend>
          <div className="fields">
            <SelectField
              label="Vendor"
              value={draft.vendor}
              options={[['', 'Any'], ...vendors.map(({ name, title }) => [name, title] as const)]}
              onChange={(vendor) => set({ vendor, operation: '' })}
            />
            <SelectField
              label="Operation"
              value={draft.operation}
              options={[['', 'Any'], ...operations.map((each) => [each.id, each.id] as const)]}
              onChange={(operation) => set({ operation })}
            />
            <TextField label="Only the n-th call" name="call" draft={draft} set={set} size={6} />
            <TextField label="At most, times" name="atMost" draft={draft} set={set} size={6} />
            <TextField label="Probability" name="probability" draft={draft} set={set} size={6} />
          </div>
          <details open={draft.path !== '' || draft.body !== ''}>
            <summary className="soft">Only requests with certain parts</summary>
            <div className="fields">
              <TextField label="Method" name="method" draft={draft} set={set} size={8} />
              <TextField label="Path" name="path" draft={draft} set={set} size={34} />
              <TextField label="Query, name=value" name="query" draft={draft} set={set} isLong />
              <TextField
                label="Headers, name: value"
                name="headers"
                draft={draft}
                set={set}
                isLong
              />
              <TextField
                label="Part of the body, as JSON"
                name="body"
                draft={draft}
                set={set}
                isLong
              />
            </div>
            <p className="hint">
              A text matches if it is equal; <code>/^acme-/i</code> is a regular expression.
            </p>
          </details>
        </fieldset>
        <EffectFields draft={draft} set={set} />
        {fault !== undefined && (
          <p className="error" role="alert">
            {fault}
          </p>
        )}
        <Preview read={read} source={source} sandbox={sandbox} />
        <div>
          <button className="button primary" type="submit">
            Add override
          </button>
        </div>
      </form>
    </section>
  );
}
