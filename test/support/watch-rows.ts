/** Watches that each ledger row that an answer names lists the operation that it answers. */
import { unfold } from '../../src/journal/keep-exchange.ts';
import { openLedger } from '../../src/parts.ts';
import type { Shared } from '../../src/shared/shared.ts';

type RowWatch = {
  /** What a server is to use in place of the one given. */
  watch(shared: Shared): Shared;
  /** Throws where an answer named a row that does not list its operation. */
  check(): void;
};

const rows = new Map(openLedger().rows.map((row) => [row.id, row]));

export function watchRows(): RowWatch {
  const missing = new Set<string>();
  return {
    watch: (shared) => ({
      ...shared,
      journal: {
        ...shared.journal,
        append(world, entry) {
          for (const each of missingRows(entry.operation, unfold(entry).ledger)) missing.add(each);
          return shared.journal.append(world, entry);
        },
      },
    }),
    check() {
      if (missing.size > 0) throw new Error([...missing].join('\n'));
    },
  };
}

/** One sentence a row. A request for an unknown path has no operation. */
function missingRows(operation: string | undefined, ids: readonly string[]): readonly string[] {
  if (operation === undefined) return [];
  return ids.flatMap((id) => {
    const { operations } = rows.get(id) ?? { operations: undefined };
    if (operations === undefined)
      return [`specs/ledger.yaml has no row ${id}, which ${operation} notes.`];
    if (operations.length === 0 || operations.includes(operation)) return [];
    return [
      `${operation} notes ${id}: add ${operation} to that row's operations in specs/ledger.yaml.`,
    ];
  });
}
