/** Makes a generated body fit its schema where Prism's sampler ends a recursion with a value that does not. */
import type { Finding } from './prism-validators.ts';
import type { PrismOperation } from './read-operations.ts';

type Answer = {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
};

/** What is still wrong after so many cuts stays wrong. */
const MAX_CUTS = 50;

/** Cuts what breaks the schema out of a body that Prism made. A documented example stays as its author wrote it. */
export function pruneBody(
  operation: PrismOperation,
  answer: Answer,
  check: (answer: Answer) => readonly Finding[],
): { readonly body: unknown; readonly findings: readonly Finding[] } {
  const first = check(answer);
  const isOurs = typeof answer.body === 'object' && !isExample(operation, answer.body);
  if (first.length === 0 || !isOurs) return { body: answer.body, findings: first };
  const body: unknown = structuredClone(answer.body);
  let findings = first;
  for (let cut = 0; cut < MAX_CUTS; cut += 1) {
    const found = findings.find(({ path = [] }) => path[0] === 'body' && path.length > 1);
    if (!found || !remove(body, found.path?.slice(1) ?? [])) break;
    findings = check({ ...answer, body });
  }
  return findings.length === 0 ? { body, findings } : { body: answer.body, findings: first };
}

function isExample({ responses }: PrismOperation, body: unknown): boolean {
  const contents = responses.flatMap((response) => response.contents ?? []);
  return contents
    .flatMap(({ examples = [] }) => examples)
    .some((example) => 'value' in example && example.value === body);
}

/** False where nothing is there. */
function remove(root: unknown, path: readonly (string | number)[]): boolean {
  let holder: unknown = root;
  for (const name of path.slice(0, -1)) {
    if (typeof holder !== 'object' || holder === null) return false;
    holder = Reflect.get(holder, name);
  }
  const last = String(path.at(-1));
  if (Array.isArray(holder)) return holder.splice(Number(last), 1).length > 0;
  return typeof holder === 'object' && holder !== null && Reflect.deleteProperty(holder, last);
}
