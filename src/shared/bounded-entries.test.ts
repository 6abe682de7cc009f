import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBoundedEntries, type Bounds } from './bounded-entries.ts';
import type { StoredEntry } from './shared.ts';

function entryOf(id: string, bytes: number): StoredEntry {
  return {
    id,
    vendor: undefined,
    operation: undefined,
    status: 200,
    bytes,
    text: '{}',
    answer: '',
  };
}

type Held = StoredEntry & { readonly sandbox: string };

function idsOf(entries: readonly { readonly id: string }[]): string[] {
  return entries.map(({ id }) => id);
}

describe('Entries are bounded', () => {
  it('in number, in each sandbox', () => {
    const entries = createBoundedEntries({ maxEntries: 2, maxBytesPerSandbox: 99, maxBytes: 99 });
    for (const id of ['1', '2', '3']) entries.add('a', entryOf(id, 1));
    entries.add('b', entryOf('4', 1));
    expect(idsOf(entries.newestFirst('a'))).toEqual(['3', '2']);
    expect(entries.dropped('a')).toBe(1);
    expect(entries.dropped('b')).toBe(0);
  });

  it('in bytes, in each sandbox', () => {
    const entries = createBoundedEntries({ maxEntries: 9, maxBytesPerSandbox: 10, maxBytes: 99 });
    entries.add('a', entryOf('1', 4));
    entries.add('a', entryOf('2', 4));
    entries.add('a', entryOf('3', 7));
    expect(idsOf(entries.newestFirst('a'))).toEqual(['3']);
    expect(entries.dropped('a')).toBe(2);
  });

  it('in bytes, in all: whose entry is the oldest loses it', () => {
    const entries = createBoundedEntries({ maxEntries: 9, maxBytesPerSandbox: 10, maxBytes: 12 });
    entries.add('a', entryOf('1', 5));
    entries.add('b', entryOf('2', 5));
    entries.add('b', entryOf('3', 5));
    expect(entries.newestFirst('a')).toEqual([]);
    expect(idsOf(entries.newestFirst('b'))).toEqual(['3', '2']);
    expect(entries.size()).toEqual({ entries: 2, bytes: 10, sandboxes: 1 });
    expect(entries.dropped('a')).toBe(1);
  });

  it('and one that is larger than all there is room for pushes out no other', () => {
    const entries = createBoundedEntries({ maxEntries: 9, maxBytesPerSandbox: 10, maxBytes: 99 });
    entries.add('a', entryOf('1', 4));
    entries.add('a', entryOf('2', 11));
    expect(idsOf(entries.newestFirst('a'))).toEqual(['1']);
    expect(entries.dropped('a')).toBe(1);
  });
});

it('A sandbox that is cleared has lost nothing', () => {
  const entries = createBoundedEntries({ maxEntries: 1, maxBytesPerSandbox: 9, maxBytes: 9 });
  entries.add('a', entryOf('1', 1));
  entries.add('a', entryOf('2', 1));
  entries.clear('a');
  expect(entries.newestFirst('a')).toEqual([]);
  expect(entries.dropped('a')).toBe(0);
  expect(entries.size()).toEqual({ entries: 0, bytes: 0, sandboxes: 0 });
});

/** The same rules, written for reading: a list in which the first entry that is too much is looked for. */
function createModel({ maxEntries, maxBytesPerSandbox, maxBytes }: Bounds) {
  let all: Held[] = [];
  const dropped = new Map<string, number>();
  const bytesOf = (entries: readonly Held[]) => entries.reduce((sum, { bytes }) => sum + bytes, 0);
  const of = (sandbox: string) => all.filter((kept) => kept.sandbox === sandbox);
  const drop = (kept: Held | undefined) => {
    all = all.filter((each) => each !== kept);
    const sandbox = kept?.sandbox ?? '';
    dropped.set(sandbox, (dropped.get(sandbox) ?? 0) + 1);
  };
  return {
    add(kept: Held) {
      all.push(kept);
      if (kept.bytes > Math.min(maxBytes, maxBytesPerSandbox)) drop(kept);
      while (of(kept.sandbox).length > maxEntries) drop(of(kept.sandbox)[0]);
      while (bytesOf(of(kept.sandbox)) > maxBytesPerSandbox) drop(of(kept.sandbox)[0]);
      while (bytesOf(all) > maxBytes) drop(all[0]);
    },
    clear(sandbox: string) {
      all = all.filter((kept) => kept.sandbox !== sandbox);
      dropped.delete(sandbox);
    },
    newestFirst: (sandbox: string) => of(sandbox).toReversed(),
    dropped: (sandbox: string) => dropped.get(sandbox) ?? 0,
    bytes: () => bytesOf(all),
    entries: () => all.length,
  };
}

it('Bounds hold under any traffic, and the newest entries that fit are there', () => {
  const sandbox = fc.constantFrom('a', 'b', 'c');
  const action = fc.oneof(
    { weight: 9, arbitrary: fc.record({ sandbox, bytes: fc.integer({ min: 1, max: 14 }) }) },
    { weight: 1, arbitrary: fc.record({ sandbox }) },
  );
  const bounds = fc.record({
    maxEntries: fc.integer({ min: 1, max: 5 }),
    maxBytesPerSandbox: fc.integer({ min: 5, max: 30 }),
    maxBytes: fc.integer({ min: 5, max: 60 }),
  });
  fc.assert(
    fc.property(bounds, fc.array(action, { maxLength: 60 }), (limits, actions) => {
      const entries = createBoundedEntries(limits);
      const model = createModel(limits);
      for (const [i, each] of actions.entries()) {
        if ('bytes' in each) {
          const entry = entryOf(String(i), each.bytes);
          entries.add(each.sandbox, entry);
          model.add({ ...entry, sandbox: each.sandbox });
        } else {
          entries.clear(each.sandbox);
          model.clear(each.sandbox);
        }
        for (const name of ['a', 'b', 'c']) {
          expect(idsOf(entries.newestFirst(name))).toEqual(idsOf(model.newestFirst(name)));
          expect(entries.dropped(name)).toBe(model.dropped(name));
        }
        const { bytes, entries: count } = entries.size();
        expect({ bytes, count }).toEqual({ bytes: model.bytes(), count: model.entries() });
      }
    }),
  );
});
