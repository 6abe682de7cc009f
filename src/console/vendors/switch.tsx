/** Chooses how a row of the ledger behaves in this sandbox. */
import { useQueryClient } from '@tanstack/react-query';
import type { LedgerRow } from '../../control-api/control-api.ts';
import { useApi } from '../api/session.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { defaultOf, isChanged } from './find-rows.ts';
import { NumberSwitch } from './number-switch.tsx';

export function Switch({ row, sandbox }: { readonly row: LedgerRow; readonly sandbox: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const { attempt } = useToasts();
  const { id, choice = '', choices, number } = row;
  const set = async (to: string) => {
    await api.changeSandbox(sandbox, { settings: { [id]: to } });
    await queries.invalidateQueries();
  };
  const usual = defaultOf(row);
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
                {each.id === usual && <span className="soft"> · default</span>}
                {each.why !== undefined && <span className="why">{each.why}</span>}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {isChanged(row) && usual !== undefined && (
        <div>
          <button className="button" type="button" onClick={() => choose(usual)}>
            Back to {usual}
          </button>
        </div>
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
