/** The ledger's rows that decide how a request's fault is seen, apart from those of every refusal. */
import type { Violation } from '../../messages/message.ts';

export function rowsBehind(violations: readonly Violation[]): ReadonlySet<string> {
  return new Set(violations.flatMap((violation) => rowBehind(violation) ?? []));
}

function rowBehind({ in: place, path: [root], keyword }: Violation): string | undefined {
  if (place !== 'body') return undefined;
  if (keyword === 'minimum' || keyword === 'maximum') return 'TI-INTEGERS';
  if (root !== 'name') return undefined;
  if (keyword === 'required') return 'TI-NAME';
  return keyword === 'minLength' ? 'TI-BLANK-NAME' : undefined;
}
