/** The store on PostgreSQL, which several replicas share. docs/decisions/0013-each-replica-keeps-a-copy.md */
import { messageOf } from '../../../errors.ts';
import type { Database, Row, Send } from '../../../database/database.ts';
import { explaining, notStored, unavailable } from '../../../database/faults.ts';
import { checkSandboxName, noSuchSandbox, SANDBOX_NAME, storeClosed } from '../../faults.ts';
import { deepFreeze } from '../../record.ts';
import { exportState, importState } from '../../memory/state.ts';
import type { Collection, Key, Store, TransactOptions } from '../../store.ts';
import { createUnderWay } from '../under-way.ts';
import { createCatchingUp } from './catching-up.ts';
import { createCopy, type Copy, type Work } from './copy.ts';
import { allRows, storedKey, type RecordRow } from './rows.ts';
import { forgetRemovals, replaceAll, type Known } from './statements.ts';
import { createWriters, type Writers } from './writers.ts';

export type PostgresStoreOptions = {
  readonly database: Database;
  /** Every collection that will be used. */
  readonly collections: readonly Collection<never>[];
  /** The record that names a sandbox's journal, in its field `field`. */
  readonly journal: { readonly collection: string; readonly key: Key; readonly field: string };
  /** Called for each stored change. */
  readonly count?: (event: 'commit') => void;
};

export type PostgresStore = Store & {
  /** One record, with all that was committed before the call. Not from inside a work. */
  read<R extends object>(
    sandbox: string,
    collection: Collection<R>,
    key: Key,
  ): Promise<Readonly<R> | undefined>;
};

/** A replica has removed so many records of a sandbox: then their traces are removed. */
const MAX_REMOVALS = 1_000;

type Opened = { readonly copy: Copy; readonly writers: Writers };

/** The database's tables must be there. */
export function createPostgresStore(options: PostgresStoreOptions): PostgresStore {
  const { database, collections, journal, count = () => {} } = options;
  const { send } = database;
  const catchUp = createCatchingUp(send);
  const all = new Map<string, Opened>();
  const underWay = createUnderWay();
  let closing: Promise<void> | undefined;

  const journalKey = storedKey(JSON.stringify(journal.key));
  const journalOf = (rows: readonly RecordRow[]): string | undefined => {
    const row = rows.find(
      (each) => each.collection === journal.collection && each.key === journalKey && !each.gone,
    );
    return row && String((JSON.parse(row.body) as Record<string, unknown>)[journal.field]);
  };

  const open = (name: string): Opened => {
    let there = all.get(name);
    if (!there) {
      const copy = createCopy(name, collections, database);
      let removals = 0;
      const committed = (rows: readonly RecordRow[], stored: Known): void => {
        count('commit');
        removals += rows.filter(({ gone }) => gone).length;
        if (removals < MAX_REMOVALS) return;
        removals = 0;
        // If it fails, the next one does it.
        forgetRemovals(send, stored).catch(() => {});
      };
      const writers = createWriters({ copy, database, catchUp, journalOf, committed });
      all.set(name, (there = { copy, writers }));
    }
    return there;
  };

  const use = async <T>(
    name: string,
    fault: typeof notStored,
    job: (opened: Opened) => Promise<T>,
  ): Promise<T> => {
    if (closing) throw storeClosed();
    checkSandboxName(name);
    try {
      return await underWay.run(() => explaining(fault, () => job(open(name))));
    } finally {
      const copy = all.get(name)?.copy;
      if (copy?.isIdle() && copy.known().id === undefined) all.delete(name);
    }
  };

  const transactIn = async <T>(
    { copy, writers }: Opened,
    work: Work<T>,
    { isFresh = false, effect }: TransactOptions,
  ): Promise<T> => {
    if (effect !== 'read') return writers.write(work, isFresh);
    if (!isFresh || !copy.isLoaded()) await catchUp(copy);
    const { outcomes, rows } = await copy.attempt([work]);
    const [outcome] = outcomes;
    if (!outcome || rows.length > 0) return writers.write(work, true);
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  };

  const ask = async (text: string, values: readonly unknown[] = []): Promise<readonly Row[]> => {
    if (closing) throw storeClosed();
    return explaining(unavailable, () => send(text, values));
  };

  return {
    transact: (name, work, how = {}) =>
      use(name, notStored, (opened) => transactIn(opened, work, how)),
    read: async <R extends object>(name: string, { name: collection }: Collection<R>, key: Key) => {
      if (!SANDBOX_NAME.test(name)) return undefined;
      return use(name, unavailable, async ({ copy }) => {
        await catchUp(copy);
        // Whoever declares a collection guarantees that its records have the type `R`.
        return copy.record(collection, key) as Promise<Readonly<R> | undefined>;
      });
    },
    peek: async <R extends object>(name: string, { name: collection }: Collection<R>, key: Key) => {
      const [row] = await ask(
        `SELECT r.body FROM @sandboxes s JOIN @records r ON r.sandbox = s.id
         WHERE s.name = $1 AND r.collection = $2 AND r.key = $3 AND NOT r.gone`,
        [name, collection, storedKey(JSON.stringify(key))],
      );
      return row && deepFreeze(JSON.parse(String(row['body'])) as R);
    },
    peekEverywhere: async <R extends object>({ name: collection }: Collection<R>, key: Key) => {
      const rows = await ask(
        `SELECT s.name, r.body FROM @sandboxes s
         LEFT JOIN @records r ON r.sandbox = s.id AND r.collection = $1 AND r.key = $2 AND NOT r.gone
         ORDER BY s.name`,
        [collection, storedKey(JSON.stringify(key))],
      );
      return rows.map(({ name, body }) => ({
        sandbox: String(name),
        record: body === null ? undefined : deepFreeze(JSON.parse(String(body)) as R),
      }));
    },
    has: async (name) => (await ask(`SELECT FROM @sandboxes WHERE name = $1`, [name])).length > 0,
    sandboxes: async () =>
      (await ask(`SELECT name FROM @sandboxes ORDER BY name`)).map(({ name }) => String(name)),
    export: (name) =>
      use(name, unavailable, ({ copy, writers }) =>
        writers.alone(async () => {
          await catchUp(copy);
          return copy.read((state, { id }) => {
            if (id === undefined) throw noSuchSandbox(name);
            return exportState(state);
          });
        }),
      ),
    replace: async (name, content) => {
      checkSandboxName(name);
      const next = importState(collections, content);
      const rows = allRows(next);
      await use(name, notStored, ({ copy, writers }) =>
        writers.alone(async () => {
          const stored = await database.transaction((transaction) =>
            replaceAll(transaction, { name, rows, journal: journalOf(rows) }),
          );
          await copy.put(next, stored);
        }),
      );
    },
    drop: (name) =>
      use(name, notStored, ({ copy, writers }) =>
        writers.alone(async () => {
          const [row] = await send(`DELETE FROM @sandboxes WHERE name = $1 RETURNING id`, [name]);
          if (!row) return false;
          await copy.remove(Number(row['id']));
          return true;
        }),
      ),
    unload: async (name) => {
      const copy = all.get(name)?.copy;
      all.delete(name);
      await copy?.unload();
    },
    findWriteFault: () => findFault(send),
    close: () =>
      (closing ??= underWay
        .ended()
        .then(() => database.close())
        .then(() => all.clear())),
  };
}

/** Undefined: changes can be stored. */
async function findFault(send: Send): Promise<string | undefined> {
  try {
    const [row] = await send(`SELECT current_setting('transaction_read_only') AS only`);
    if (row?.['only'] !== 'on') return undefined;
    return 'The database takes no changes now: it is read-only, as a standby is.';
  } catch (cause) {
    return `The database does not answer: ${messageOf(cause)}.`;
  }
}
