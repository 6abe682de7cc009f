/** What happens to calls that come: presets in one click, a form for the rest, and what is in force. */
import { useQueryClient } from '@tanstack/react-query';
import type { Override, Rule } from '../../control-api/control-api.ts';
import type { ViewProps } from '../place.ts';
import { useApi } from '../api/session.tsx';
import { useJournal } from '../api/use-journal.tsx';
import { useOverrides } from '../api/use-queries.ts';
import { useToasts } from '../parts/toasts.tsx';
import { describeEffect, describeTarget } from './describe.ts';
import { draftFrom, EMPTY } from './draft.ts';
import { OverrideForm } from './override-form.tsx';
import { Presets } from './presets.tsx';
import '../style/overrides.css';

export function Overrides({ place }: ViewProps) {
  const { sandbox, rest } = place;
  const api = useApi();
  const queries = useQueryClient();
  const { attempt } = useToasts();
  const { entries } = useJournal();
  const { data: rules = [] } = useOverrides(sandbox);
  const source = rest[0] === 'from' ? entries.find(({ id }) => id === rest[1]) : undefined;
  const refresh = () => queries.invalidateQueries({ queryKey: ['overrides', sandbox] });

  const add = (override: Override) =>
    attempt(
      async () => {
        const rule = await api.addOverride(sandbox, override);
        await refresh();
        return rule;
      },
      (rule) => ({
        text: `Override ${rule.id} acts from now on.`,
        undo: async () => {
          await api.removeOverride(sandbox, rule.id);
          await refresh();
        },
      }),
    );
  const remove = ({ id, calls: _calls, hits: _hits, ...override }: Rule) =>
    void attempt(
      async () => {
        await api.removeOverride(sandbox, id);
        await refresh();
      },
      () => ({
        text: `Override ${id} was removed.`,
        undo: async () => {
          await api.addOverride(sandbox, override);
          await refresh();
        },
      }),
    );

  return (
    <div className="page">
      <div className="page-inner">
        <section aria-labelledby="in-force">
          <h2 id="in-force">In force</h2>
          {rules.length === 0 ? (
            <p className="soft">
              No override. Calls get the vendors’ own answers. If several overrides match a call,
              the newest acts.
            </p>
          ) : (
            <div className="scroll-x">
              <RuleTable rules={rules} onRemove={remove} />
            </div>
          )}
        </section>
        <Presets onAdd={(override) => void add(override)} />
        <OverrideForm
          key={source?.id ?? 'new'}
          initial={source ? draftFrom(source) : EMPTY}
          source={source}
          sandbox={sandbox}
          onAdd={add}
        />
      </div>
    </div>
  );
}

function RuleTable({
  rules,
  onRemove,
}: {
  readonly rules: readonly Rule[];
  readonly onRemove: (rule: Rule) => void;
}) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Id</th>
          <th scope="col">Acts on</th>
          <th scope="col">Answers with</th>
          <th scope="col">Calls</th>
          <th scope="col">Acted</th>
          <th scope="col">
            <span className="visually-hidden">Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rules.toReversed().map((rule) => (
          <tr key={rule.id}>
            <td className="mono">{rule.id}</td>
            <td className="anywhere">{describeTarget(rule)}</td>
            <td className="anywhere">{describeEffect(rule.effect)}</td>
            <td>{rule.calls}</td>
            <td>{rule.hits}</td>
            <td>
              <button
                className="button plain"
                type="button"
                aria-label={`Remove override ${rule.id}`}
                onClick={() => onRemove(rule)}
              >
                Remove
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
