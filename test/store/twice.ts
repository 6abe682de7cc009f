/**
 * A store in which every work runs twice: once to be rolled back, then for good. The second run must find what
 * the first one found and end as it did, or a rollback left something behind. It shows at the same time that
 * the suite's works have no effect but through their transaction, so that a driver may repeat them.
 */
import { expect } from 'vitest';
import type { Store, Transaction } from '../../src/store/store.ts';

/** How a work ended: what it gave, as JSON, or what it threw. */
type Ending = { readonly value: string | undefined } | { readonly error: unknown };

const ROLL_BACK = new Error('Roll back the first run.');

export function twice(store: Store): Store {
  const turns = new Map<string, Promise<unknown>>();

  /** Both runs of a work must follow each other, so each sandbox is used by one call at a time. */
  const inTurn = <T>(sandbox: string, job: () => Promise<T>): Promise<T> => {
    const result = (turns.get(sandbox) ?? Promise.resolve()).then(job);
    turns.set(
      sandbox,
      result.catch(() => {}),
    );
    return result;
  };

  const stateOf = async (sandbox: string): Promise<unknown> =>
    (await store.has(sandbox)) ? store.export(sandbox) : undefined;

  const transactTwice = async <T>(
    sandbox: string,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> => {
    const before = await stateOf(sandbox);
    const endings: Ending[] = [];
    const run = async (transaction: Transaction): Promise<T> => {
      try {
        const value = await work(transaction);
        endings.push({ value: JSON.stringify(value) });
        return value;
      } catch (error) {
        endings.push({ error });
        throw error;
      }
    };
    const first = store.transact(sandbox, async (transaction) => {
      await run(transaction);
      throw ROLL_BACK;
    });
    await first.catch((error: unknown) => {
      // A work that never began, as where the sandbox's name is refused, has nothing to repeat.
      if (endings.length === 0) throw error;
    });
    expect(await stateOf(sandbox)).toStrictEqual(before);
    try {
      return await store.transact(sandbox, run);
    } finally {
      expect(endings).toHaveLength(2);
      expect(endings[1]).toStrictEqual(endings[0]);
    }
  };

  return {
    transact: (sandbox, work) => inTurn(sandbox, () => transactTwice(sandbox, work)),
    peek: store.peek,
    peekEverywhere: store.peekEverywhere,
    has: store.has,
    sandboxes: store.sandboxes,
    export: (sandbox) => inTurn(sandbox, () => store.export(sandbox)),
    replace: (sandbox, content) => inTurn(sandbox, () => store.replace(sandbox, content)),
    drop: (sandbox) => inTurn(sandbox, () => store.drop(sandbox)),
    unload: (sandbox) => inTurn(sandbox, () => store.unload(sandbox)),
    findWriteFault: store.findWriteFault,
    close: async () => {
      await Promise.all(turns.values());
      await store.close();
    },
  };
}
