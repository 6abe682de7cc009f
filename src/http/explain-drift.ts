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

/** How often the mock answers again for one difference. */
const MAX_REHEARSALS = 40;

export async function explainDrift(
  ended: Ended & Routed,
  found: Comparison,
  compare: (other: Ended) => Comparison | undefined,
  { rows, answer }: Rehearse,
): Promise<readonly Drift[]> {
  if (found.drift.length === 0) return found.drift;
  const { settings } = ended.sandbox;
  const tries = [...ended.notes.ledger]
    .flatMap((id) => (rows.get(id)?.choices ?? []).map((choice) => ({ id, choice: choice.id })))
    .filter(({ id, choice }) => settings[id] !== choice)
    .slice(0, MAX_REHEARSALS);
  let { drift } = found;
  for (const { id, choice } of tries) {
    if (drift.every(({ row }) => row !== undefined)) break;
    const other = await answer(ended, { ...settings, [id]: choice });
    const left = other && compare(other);
    if (!left || !isBetter(left, found)) continue;
    const gone = new Set(left.drift.map(keyOf));
    drift = drift.map((each) =>
      each.row !== undefined || gone.has(keyOf(each)) ? each : { ...each, row: id, choice },
    );
  }
  return drift;
}

/** Fewer differences, none of them new, and as much compared as before. */
function isBetter(left: Comparison, found: Comparison): boolean {
  const before = new Set(found.drift.map(keyOf));
  return (
    left.drift.length < found.drift.length &&
    left.drift.every((each) => before.has(keyOf(each))) &&
    left.notComparable.length <= found.notComparable.length
  );
}

function keyOf({ path, what }: Drift): string {
  return `${what} ${path}`;
}
