/**
 * Finds the ledger row that explains a difference: the mock answers the request again, with each other choice of each
 * row that shaped its answer. Where the difference is gone, the vendor behaves as that choice does.
 */
import type { Drift } from '../control-api/control-api.ts';
import type { LedgerRow, Settings } from '../ledger/ledger.ts';
import type { Comparison } from '../live/compare/compare-answers.ts';
import type { Ended, Routed } from './exchange.ts';

export type Rehearse = {
  /** The rows that can be switched, by id. */
  readonly rows: ReadonlyMap<string, LedgerRow>;
  /** How the mock would answer with these settings. Stores nothing. Undefined: it would fail. */
  answer(exchange: Routed, settings: Settings): Promise<Ended | undefined>;
};

type Explanation = Pick<Drift, 'row' | 'choice'>;
/** By what differs and where. */
type Explanations = ReadonlyMap<string, Explanation>;

export type ExplainDrift = (
  ended: Ended & Routed,
  found: Comparison,
  compare: (other: Ended) => Comparison | undefined,
) => Promise<readonly Drift[]>;

/** How often the mock answers again for one difference. */
const MAX_REHEARSALS = 40;
const MAX_KNOWN = 500;

/** A vendor that always differs in the same way is explained once. */
export function createExplainer({ rows, answer }: Rehearse): ExplainDrift {
  const known = new Map<string, Explanations>();

  /** `isSure`: every choice could be tried. */
  const rehearse = async (
    ...[ended, found, compare]: Parameters<ExplainDrift>
  ): Promise<{ readonly explanations: Explanations; readonly isSure: boolean }> => {
    let isSure = true;
    const { settings } = ended.sandbox;
    const explanations = new Map<string, Explanation>();
    for (const { id, choice } of otherChoices(ended, rows)) {
      if (explanations.size === found.drift.length) break;
      const other = await answer(ended, { ...settings, [id]: choice });
      const left = other && compare(other);
      isSure &&= left !== undefined;
      if (!left || !isBetter(left, found)) continue;
      const remaining = new Set(left.drift.map(keyOf));
      for (const key of found.drift.map(keyOf)) {
        if (!remaining.has(key) && !explanations.has(key)) {
          explanations.set(key, { row: id, choice });
        }
      }
    }
    return { explanations, isSure };
  };

  return async (ended, found, compare) => {
    if (found.drift.length === 0) return found.drift;
    const kind = kindOf(ended, found);
    let explanations = known.get(kind);
    if (!explanations) {
      const rehearsed = await rehearse(ended, found, compare);
      ({ explanations } = rehearsed);
      if (known.size >= MAX_KNOWN) known.clear();
      if (rehearsed.isSure) known.set(kind, explanations);
    }
    const byKey = explanations;
    return found.drift.map((each) => ({ ...each, ...byKey.get(keyOf(each)) }));
  };
}

function otherChoices(
  { notes, sandbox }: Ended & Routed,
  rows: Rehearse['rows'],
): readonly { readonly id: string; readonly choice: string }[] {
  return [...notes.ledger]
    .flatMap((id) => (rows.get(id)?.choices ?? []).map((choice) => ({ id, choice: choice.id })))
    .filter(({ id, choice }) => sandbox.settings[id] !== choice)
    .slice(0, MAX_REHEARSALS);
}

/** The same for answers that differ alike, with the same choices. */
function kindOf(
  { vendor, spec, outcome, notes, sandbox }: Ended & Routed,
  found: Comparison,
): string {
  const chosen = [...notes.ledger].map((id) => [id, sandbox.settings[id]]);
  return JSON.stringify([
    vendor.name,
    spec?.operation.id,
    outcome.status,
    chosen,
    found.drift.map(keyOf),
  ]);
}

/** Fewer differences, none of them new, and as much compared as before. */
function isBetter(left: Comparison, found: Comparison): boolean {
  const before = new Set(found.drift.map(keyOf));
  const notCompared = new Set(found.notComparable.map(({ path }) => path));
  return (
    left.drift.length < found.drift.length &&
    left.drift.every((each) => before.has(keyOf(each))) &&
    left.notComparable.every(({ path }) => notCompared.has(path))
  );
}

/** With the values of a status, because one status can have another reason than the other. */
function keyOf({ path, what, mock, live }: Drift): string {
  return what === 'status' ? `${what} ${mock} ${live}` : `${what} ${path}`;
}
