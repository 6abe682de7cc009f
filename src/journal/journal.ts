/** The bounded record of what each sandbox was asked and what it answered. */
import type { JournalEntry, JournalFilter, JournalPage } from '../control-api/control-api.ts';
import { MockError } from '../errors.ts';
import type { RequestPattern } from '../matching/pattern.ts';
import type { Awaitable } from '../shared/awaitable.ts';
import type { Bounds } from '../shared/bounded-entries.ts';
import type { JournalSize, SharedJournal, WorldId } from '../shared/shared.ts';
import { compareExchange, type Comparison } from './compare-exchange.ts';
import type { RecordedExchange } from './recorded-exchange.ts';
import { createMatcher, limitOf } from './filter.ts';
import { fold, keepExchange, unfold } from './keep-exchange.ts';
import { createRedactor } from './redact.ts';
import { renderEntry } from './render-entry.ts';
import { REDACTED_NAMES } from './secret-names.ts';

export type JournalOptions = Bounds & {
  /** How much is kept of a longer body, of a request as of a response. */
  readonly bodyLimitBytes: number;
  /** Parts of names whose values are secrets, in place of `REDACTED_NAMES`; well-known headers are secret anyway. */
  readonly redactedNames: readonly string[];
};

export const JOURNAL_DEFAULTS: JournalOptions = {
  maxEntries: 1_000,
  maxBytesPerSandbox: 16 * 1024 * 1024,
  maxBytes: 128 * 1024 * 1024,
  bodyLimitBytes: 64 * 1024,
  redactedNames: REDACTED_NAMES,
};

/** What a sandbox's journal says of a pattern. */
export type Findings = {
  /** One for each entry, newest first. */
  readonly comparisons: readonly Comparison[];
  /** How many entries there were since the journal was last cleared, and are gone. */
  readonly dropped: number;
};

export type Journal = {
  /** Keeps an exchange, in place of the oldest ones where there is no room. */
  record(world: WorldId, exchange: RecordedExchange): Awaitable<void>;
  /** Rejects with `MockError` `invalid-request` for a limit out of range, and a `before` that never was. */
  list(sandbox: string, filter?: JournalFilter): Promise<JournalPage>;
  /** Holds every entry against a pattern; its expressions have been checked. */
  compare(sandbox: string, pattern: RequestPattern): Promise<Findings>;
  /** Empties a sandbox's journal; those who follow it stay. */
  clear(sandbox: string): Awaitable<void>;
  /** As `SharedJournal` has it, each entry as it is listed. */
  follow(sandbox: string, listener: (entry: JournalEntry) => void, onEnd?: () => void): () => void;
  size(): Awaitable<JournalSize>;
};

export function createJournal(
  { maxEntries, bodyLimitBytes, redactedNames }: JournalOptions,
  entries: SharedJournal,
): Journal {
  const redactor = createRedactor(redactedNames);

  /** Where the entries older than one begin. */
  const indexBehind = async (sandbox: string, id: string): Promise<number> => {
    const kept = await entries.list(sandbox);
    const index = kept.findLastIndex((each) => each.id === id);
    if (index !== -1) return index + 1;
    // It may have been dropped since it was seen, and all older ones with it.
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
      entries.follow(sandbox, (entry) => listener(renderEntry(unfold(entry), redactor)), onEnd),
    size: () => entries.size(),
  };
}
