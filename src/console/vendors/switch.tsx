/** Chooses how a row of the ledger behaves in this sandbox. */
import { useId, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { LedgerRow } from '../../control-api/control-api.ts';
import { useApi } from '../api/session.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { defaultOf } from './find-rows.ts';

export function Switch({ row, sandbox }: { readonly row: LedgerRow; readonly sandbox: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const { attempt } = useToasts();
  const { id, choice = '', choices, number } = row;
  const set = async (to: string) => {
    await api.changeSandbox(sandbox, { settings: { [id]: to } });
    await queries.invalidateQueries();
  };
  const choose = (to: string) =>
    void attempt(
      () => set(to),
      () => ({ text: `${id} is now ${to}.`, undo: () => set(choice) }),
    );
  return (
    <section>
      <h3>In sandbox {sandbox}</h3>
      {number ? (
        <NumberSwitch key={choice} row={row} range={number} onChoose={choose} />
      ) : (
        <fieldset className="choices">
          <legend className="visually-hidden">{row.title}</legend>
          {choices?.map((each) => (
            <label key={each.id} className="choice">
              <input
                type="radio"
                name={id}
                checked={each.id === choice}
                onChange={() => choose(each.id)}
              />
              <span>
                <code>{each.id}</code>
                {each.id === defaultOf(row) && <span className="soft"> the default</span>}
                {each.why !== undefined && <span className="why">{each.why}</span>}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <p className="hint">
        Applies to this sandbox until it is reset. In a scenario file:{' '}
        <code>
          settings: {'{'} {id}: {choice} {'}'}
        </code>
      </p>
    </section>
  );
}

function NumberSwitch({
  row,
  range,
  onChoose,
}: {
  readonly row: LedgerRow;
  readonly range: NonNullable<LedgerRow['number']>;
  readonly onChoose: (to: string) => void;
}) {
  const field = useId();
  const [value, setValue] = useState(row.choice ?? '');
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        onChoose(value);
      }}
    >
      <label htmlFor={field}>
        {range.min} to {range.max}, by default {range.default}
      </label>
      <input
        id={field}
        className="input"
        type="number"
        required
        min={range.min}
        max={range.max}
        value={value}
        onChange={(event) => setValue(event.target.value)}
      />
      <button className="button" type="submit" disabled={value === row.choice}>
        Set
      </button>
    </form>
  );
}
