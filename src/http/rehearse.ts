/** Answers a request again with other ledger choices, and stores nothing: to see what the mock would have said. */
import type { Ledger } from '../ledger/ledger.ts';
import { createNotes } from '../sandboxes/context.ts';
import type { Sandboxes } from '../sandboxes/sandboxes.ts';
import type { Shared } from '../shared/shared.ts';
import type { Ended, Known, Placed } from './exchange.ts';
import type { Rehearse } from './explain-drift.ts';

/** Thrown at the end of a transaction to undo it. */
class Undone extends Error {}

type Parts = {
  readonly ledger: Pick<Ledger, 'rows'>;
  readonly sandboxes: Sandboxes;
  readonly shared: Shared;
};

/** `answerWith`: the steps of the pipeline from sandbox to answer. */
export function createRehearsal<P extends Parts>(
  parts: P,
  answerWith: (parts: P, placed: Placed, know: <K extends Known>(next: K) => K) => Promise<Ended>,
): Rehearse {
  const rows = new Map(parts.ledger.rows.map((row) => [row.id, row]));
  const harmless: P = {
    ...parts,
    sandboxes: withoutWrites(parts.sandboxes),
    shared: { ...parts.shared, count: () => ({ used: 0, resetsAt: 0 }) },
  };
  return {
    rows,
    async answer({ raw, requestId, now, sandbox, base, local }, settings) {
      const placed: Placed = {
        raw,
        requestId,
        now,
        base,
        local,
        notes: createNotes(),
        sandbox: { ...sandbox, settings },
        onGone: () => {},
      };
      try {
        return await answerWith(harmless, placed, (next) => next);
      } catch {
        // The world was replaced meanwhile, or this choice has no answer: it explains nothing.
        return undefined;
      }
    },
  };
}

function withoutWrites(sandboxes: Sandboxes): Sandboxes {
  return {
    ...sandboxes,
    async transact(sandbox, work) {
      const outcome: { value?: Awaited<ReturnType<typeof work>> } = {};
      try {
        return await sandboxes.transact(sandbox, async (transaction) => {
          outcome.value = await work(transaction);
          throw new Undone();
        });
      } catch (thrown) {
        if (thrown instanceof Undone && 'value' in outcome) return outcome.value;
        throw thrown;
      }
    },
  };
}
