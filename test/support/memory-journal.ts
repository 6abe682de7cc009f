/** A journal on shared state in memory, for tests of only the journal. Every sandbox exists, in its first world. */
import type { RecordedExchange } from '../../src/journal/recorded-exchange.ts';
import {
  createJournal,
  JOURNAL_DEFAULTS,
  type Journal,
  type JournalOptions,
} from '../../src/journal/journal.ts';
import { createMemoryShared } from '../../src/shared/memory-shared.ts';
import type { Shared } from '../../src/shared/shared.ts';
import { exchangeOf, type ExchangeOptions } from './recorded-exchange.ts';

const HEAD = { generation: 'g', journalId: 'j', revision: 0, ruleCount: 0 };

export type MemoryJournal = Journal & {
  readonly shared: Shared;
  /** Records an exchange in the sandbox that it names. */
  add(exchange: RecordedExchange): void;
};

export function createMemoryJournal(options: Partial<JournalOptions> = {}): MemoryJournal {
  const all = { ...JOURNAL_DEFAULTS, ...options };
  const shared = createMemoryShared({ ...all, head: () => HEAD });
  const journal = createJournal(all, shared.journal);
  return {
    ...journal,
    shared,
    add: (exchange) => void journal.record({ ...HEAD, sandbox: exchange.sandbox }, exchange),
  };
}

/** A journal with these exchanges, numbered from `default-1`. */
export function journalOf(
  exchanges: readonly ExchangeOptions[],
  options: Partial<JournalOptions> = {},
): MemoryJournal {
  const journal = createMemoryJournal(options);
  for (const [i, exchange] of exchanges.entries()) {
    journal.add(exchangeOf({ id: `default-${i + 1}`, ...exchange }));
  }
  return journal;
}
