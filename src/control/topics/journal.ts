/** Reads, follows, verifies and clears a sandbox's journal. */
import type { Expectation, JournalEntry } from '../../control-api/control-api.ts';
import type { Journal } from '../../journal/journal.ts';
import { verifyJournal } from '../../journal/verify.ts';
import { findNearest } from '../../matching/nearest.ts';
import { done, json, sandboxOf, type ControlParts, type StreamEvent, type Topic } from '../call.ts';
import { knownVendors } from './overrides.ts';
import { aboutParameter, InvalidCall } from '../problem.ts';

const PAGE = 1_000;

export const journal: Topic = {
  async listJournal(call, parts) {
    const { name } = await sandboxOf(call, parts);
    const { limit, status, vendor, operation, drift, ...rest } = call.query;
    for (const wrong of findUnknown({ vendor, operation }, parts)) {
      throw new InvalidCall([{ detail: wrong.detail, parameter: wrong.field }]);
    }
    const page = await aboutParameter('before', () =>
      parts.journal.list(name, {
        ...rest,
        ...(vendor !== undefined && { vendor }),
        ...(operation !== undefined && { operation }),
        ...(limit !== undefined && { limit: Number(limit) }),
        ...(status !== undefined && { status: Number(status) }),
        ...(drift !== undefined && { drift: drift === 'true' }),
      }),
    );
    return json(page);
  },

  async clearJournal(call, parts) {
    const { name } = await sandboxOf(call, parts);
    await parts.journal.clear(name);
    return done;
  },

  async streamJournal(call, parts) {
    const { name } = await sandboxOf(call, parts);
    const seen = call.headers['last-event-id'];
    const early: JournalEntry[] = [];
    let send: Parameters<Journal['follow']>[1] = (entry, news) => {
      if (news === 'added') early.push(entry);
    };
    let end: () => void = endNothing;
    const close = await parts.journal.follow(
      name,
      (entry, news) => send(entry, news),
      () => end(),
    );
    const missed = seen === undefined ? [] : await findMissed(parts.journal, name, seen);
    return {
      open(sendEvent, endStream) {
        const known = new Set(missed.map(({ id }) => id));
        const since = early.filter(({ id }) => !known.has(id));
        send = (entry, news) =>
          sendEvent(news === 'added' ? toEvent(entry) : { event: 'amended', data: entry });
        end = endStream;
        return { missed: [...missed, ...since].map(toEvent), close };
      },
    };
  },

  async verifyJournal(call, parts) {
    const { name } = await sandboxOf(call, parts);
    const expectation = call.body as Expectation;
    // An unknown name matches nothing, so an expectation of "never" would always hold.
    for (const wrong of findUnknown(expectation.match, parts)) {
      throw new InvalidCall([{ detail: wrong.detail, pointer: `#/match/${wrong.field}` }]);
    }
    const verification = await verifyJournal(parts.journal, name, expectation);
    return json(verification, verification.held ? 200 : 422);
  },
};

function endNothing(): void {}

function toEvent(entry: JournalEntry): StreamEvent {
  return { event: 'entry', id: entry.id, data: entry };
}

/** Entries newer than the last seen one, oldest first; all entries if that one is gone. */
async function findMissed(
  source: Journal,
  sandbox: string,
  seen: string,
): Promise<readonly JournalEntry[]> {
  const missed: JournalEntry[] = [];
  for (let before: string | null | undefined; before !== null;) {
    const page = await source.list(sandbox, {
      limit: PAGE,
      ...(before !== undefined && { before }),
    });
    const index = page.entries.findIndex(({ id }) => id === seen);
    missed.push(...page.entries.slice(0, index === -1 ? undefined : index));
    before = index === -1 ? page.next : null;
  }
  return missed.toReversed();
}

type Names = { readonly vendor?: string | undefined; readonly operation?: string | undefined };
type Unknown = { readonly field: keyof Names; readonly detail: string };

/** Finds names of unknown vendors and operations. Ignores `/expressions/`. */
function* findUnknown({ vendor, operation }: Names, parts: ControlParts): Generator<Unknown> {
  const vendors = knownVendors(parts);
  const known = {
    vendor: vendors.map(({ name }) => name),
    operation: vendors.flatMap(({ operations }) => operations),
  };
  for (const [field, name] of [
    ['vendor', vendor],
    ['operation', operation],
  ] as const) {
    if (name === undefined || name.startsWith('/') || known[field].includes(name)) continue;
    const nearest = findNearest(name, known[field]).join(', ');
    const detail = `${field}: unknown ${field} "${name.slice(0, 80)}". Did you mean: ${nearest}?`;
    yield { field, detail };
  }
  const asked = vendors.find(({ name }) => name === vendor);
  if (
    asked &&
    known.operation.includes(operation ?? '') &&
    !asked.operations.includes(operation ?? '')
  ) {
    const detail = `operation: ${vendor} has no operation "${operation}". It has: ${asked.operations.join(', ')}.`;
    yield { field: 'operation', detail };
  }
}
