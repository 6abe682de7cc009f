/** The bounded record of the requests and answers of each sandbox. */
import type { JournalEntry, JournalFilter, JournalPage } from '../control-api/control-api.ts';
import { MockError } from '../errors.ts';
import type { RequestPattern } from '../matching/pattern.ts';
import type { Awaitable } from '../shared/awaitable.ts';
import type { Bounds } from '../shared/bounded-entries.ts';
import type { JournalSize, SharedJournal, WorldId } from '../shared/shared.ts';
import { compareExchange, type Comparison } from './compare-exchange.ts';
import type { RecordedExchange, Shadowed } from './recorded-exchange.ts';
import { createMatcher, limitOf } from './filter.ts';
import { fold, keepExchange, keepShadowed, unfold } from './keep-exchange.ts';
import { createRedactor } from './redact.ts';
import { renderEntry } from './render-entry.ts';
import { REDACTED_NAMES } from './secret-names.ts';

export type JournalOptions = Bounds & {
  /** Longer request and response bodies are truncated to this size. */
  readonly bodyLimitBytes: number;
  /** Parts of names that mark secrets, instead of `REDACTED_NAMES`. Well-known headers are always secret. */
  readonly redactedNames: readonly string[];
};

export const JOURNAL_DEFAULTS: JournalOptions = {
  maxEntries: 1_000,
  maxBytesPerSandbox: 16 * 1024 * 1024,
  maxBytes: 128 * 1024 * 1024,
  bodyLimitBytes: 64 * 1024,
  redactedNames: REDACTED_NAMES,
};

/** The comparison of a sandbox's journal with a pattern. */
export type Findings = {
  /** One for each entry, newest first. */
  readonly comparisons: readonly Comparison[];
  /** How many entries were dropped since the journal was last cleared. */
  readonly dropped: number;
};

export type Journal = {
  /** Records an exchange. If the journal is full, the oldest entries are dropped. */
  record(world: WorldId, exchange: RecordedExchange): Awaitable<void>;
  /** Adds what became of asking the live vendor to the entry with this id, if the journal still has it. */
  amend(world: WorldId, id: string, shadowed: Shadowed): Awaitable<void>;
  /** Rejects with `MockError` `invalid-request` for a limit out of range or an unknown `before`. */
  list(sandbox: string, filter?: JournalFilter): Promise<JournalPage>;
  /** Compares every entry with a pattern, whose regular expressions must be valid. */
  compare(sandbox: string, pattern: RequestPattern): Promise<Findings>;
  /** Clears the journal of a sandbox. Its followers stay. */
  clear(sandbox: string): Awaitable<void>;
  /** Like `SharedJournal.follow`, with each entry as in the list. */
  follow(
    sandbox: string,
    listener: (entry: JournalEntry, news: 'added' | 'changed') => void,
    onEnd?: () => void,
  ): Awaitable<() => void>;
  size(): Awaitable<JournalSize>;
};

export function createJournal(
  { maxEntries, bodyLimitBytes, redactedNames }: JournalOptions,
  entries: SharedJournal,
): Journal {
  const redactor = createRedactor(redactedNames);

  /** The index of the first entry that is older than the given one. */
  const indexBehind = async (sandbox: string, id: string): Promise<number> => {
    const kept = await entries.list(sandbox);
    const index = kept.findLastIndex((each) => each.id === id);
    if (index !== -1) return index + 1;
    // The entry may have been dropped in the meantime, together with all older ones.
    if ((await entries.dropped(sandbox)) > 0) return kept.length;
    throw new MockError(
      'invalid-request',
      `before: the journal of sandbox "${sandbox}" has had no entry "${id.slice(0, 80)}" since it was last cleared. Send the "next" of the page before, or leave it out.`,
      { pointer: '#/before' },
    );
  };

  return {
    record(world, exchange) {
      if (maxEntries === 0) return entries.skip(world);
      return entries.append(world, fold(keepExchange(exchange, bodyLimitBytes)));
    },
    amend: (world, id, shadowed) =>
      entries.change(world, id, (entry) => fold({ ...unfold(entry), ...keepShadowed(shadowed) })),
    async list(sandbox, filter = {}) {
      const limit = limitOf(filter);
      const start = filter.before === undefined ? 0 : await indexBehind(sandbox, filter.before);
      const isAskedFor = createMatcher(filter, redactor);
      const found = (await entries.list(sandbox))
        .map((entry, index) => ({ entry, index }))
        .filter(({ entry }) => isAskedFor(entry));
      const rest = found.filter(({ index }) => index >= start);
      const page = rest.slice(0, limit).map(({ entry }) => renderEntry(unfold(entry), redactor));
      return {
        entries: page,
        total: found.length,
        next: rest.length > limit ? (page.at(-1)?.id ?? null) : null,
      };
    },
    compare: async (sandbox, pattern) => ({
      comparisons: (await entries.list(sandbox)).map((entry) =>
        compareExchange(unfold(entry), pattern, redactor),
      ),
      dropped: await entries.dropped(sandbox),
    }),
    clear: (sandbox) => entries.clear(sandbox),
    follow: (sandbox, listener, onEnd = () => undefined) =>
      entries.follow(
        sandbox,
        (entry, news) => listener(renderEntry(unfold(entry), redactor), news),
        onEnd,
      ),
    size: () => entries.size(),
  };
}
