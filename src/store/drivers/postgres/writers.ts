/** The works of one sandbox that may change it. Those that wait for a commit are then stored together. */
import type { Database, Send } from '../../../database/database.ts';
import type { Attempt, Copy, Outcome, Work } from './copy.ts';
import type { CatchingUp } from './catching-up.ts';
import type { RecordRow } from './rows.ts';
import { commit, lock, type Known } from './statements.ts';

export type WriterParts = {
  readonly copy: Copy;
  readonly database: Database;
  readonly catchUp: CatchingUp;
  /** The journal that changed rows name, if they do. */
  readonly journalOf: (rows: readonly RecordRow[]) => string | undefined;
  /** Called for each commit with what it changed. */
  readonly committed: (rows: readonly RecordRow[], stored: Known) => void;
};

export type Writers = {
  /** Runs a work once or more often, until what it changed is stored. `isFresh`: see `TransactOptions`. */
  write<T>(work: Work<T>, isFresh: boolean): Promise<T>;
  /** Runs a job after the works before it and before those after it. */
  alone<T>(job: () => Promise<T>): Promise<T>;
};

/** What waits for its turn: a work, or a job that no work may run beside. */
type Waiting = {
  readonly work?: Work<unknown>;
  readonly job?: () => Promise<unknown>;
  readonly isFresh: boolean;
  readonly settle: (outcome: Outcome<unknown>) => void;
};

/** Works in one commit. */
const MAX_AT_ONCE = 64;
/** After a conflict, so long the lock is taken first: another replica is writing too. */
const CONTENDED_MS = 1_000;

export function createWriters(parts: WriterParts): Writers {
  const { copy, database, catchUp, journalOf, committed } = parts;
  const waiting: Waiting[] = [];
  let isWriting = false;
  let contendedUntil = 0;

  const store = async (send: Send, attempt: Attempt<unknown>): Promise<Known | undefined> => {
    const { known, rows } = attempt;
    return commit(send, { name: copy.name, known, rows, journal: journalOf(rows) });
  };

  /** Undefined: another replica was faster. */
  const tryFreely = async (
    works: readonly Work<unknown>[],
  ): Promise<Attempt<unknown> | undefined> => {
    const attempt = await copy.attempt(works);
    if (attempt.rows.length === 0) return attempt;
    const stored = await store(database.send, attempt);
    if (!stored) return undefined;
    await copy.apply(attempt, stored);
    committed(attempt.rows, stored);
    return attempt;
  };

  /** Undefined: there is no sandbox to lock yet. */
  const tryLocked = async (
    works: readonly Work<unknown>[],
  ): Promise<Attempt<unknown> | undefined> => {
    const done = await database.around(async (send) => {
      const since = performance.now();
      const head = await lock(send, copy.name);
      database.count('lock-wait', (performance.now() - since) / 1000);
      if (!head) return undefined;
      await copy.hearLocked(head, send);
      const attempt = await copy.attempt(works);
      if (attempt.rows.length === 0) return { attempt, stored: undefined };
      const stored = await store(send, attempt);
      if (!stored) throw new Error('A locked sandbox has changed.');
      return { attempt, stored };
    });
    if (!done) return undefined;
    if (done.stored) {
      await copy.apply(done.attempt, done.stored);
      committed(done.attempt.rows, done.stored);
    }
    return done.attempt;
  };

  const write = async (works: readonly Work<unknown>[]): Promise<readonly Outcome<unknown>[]> => {
    for (;;) {
      const isContended = Date.now() < contendedUntil && copy.known().id !== undefined;
      const attempt = await (isContended ? tryLocked(works) : tryFreely(works));
      if (attempt) return attempt.outcomes;
      contendedUntil = Date.now() + CONTENDED_MS;
      database.count('conflict');
      await catchUp(copy);
    }
  };

  /** Takes the next job, or the works before it. */
  const takeNext = (): readonly Waiting[] => {
    const works = waiting.findIndex(({ job }) => job !== undefined);
    const length = works === -1 ? waiting.length : Math.max(works, 1);
    return waiting.splice(0, Math.min(length, MAX_AT_ONCE));
  };

  const carryOut = async (next: readonly Waiting[]): Promise<readonly Outcome<unknown>[]> => {
    const [first] = next;
    if (first?.job) return [{ value: await first.job() }];
    const isFresh = copy.isLoaded() && next.every((each) => each.isFresh);
    if (!isFresh) await catchUp(copy);
    return write(next.flatMap(({ work }) => work ?? []));
  };

  const drain = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      const next = takeNext();
      try {
        const outcomes = await carryOut(next);
        next.forEach(({ settle }, index) => settle(outcomes[index] as Outcome<unknown>));
      } catch (error) {
        for (const { settle } of next) settle({ error });
      }
    }
    isWriting = false;
  };

  const wait = <T>(what: Omit<Waiting, 'settle'>): Promise<T> =>
    new Promise((resolve, reject) => {
      waiting.push({
        ...what,
        settle: (outcome) =>
          'error' in outcome ? reject(outcome.error) : resolve(outcome.value as T),
      });
      if (!isWriting) void drain();
    });

  return {
    write: (work, isFresh) => wait({ work, isFresh }),
    alone: (job) => wait({ job, isFresh: true }),
  };
}
