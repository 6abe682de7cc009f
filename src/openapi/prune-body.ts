/** Corrects bodies that Prism generates for recursive schemas: Prism ends a recursion with a value that violates the schema. */
import type { Finding } from './prism-validators.ts';
import type { PrismOperation } from './read-operations.ts';

type Answer = {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
};

/** Maximum number of changes. Violations that are left then remain. */
const MAX_ROUNDS = 50;

/** Values to try in place of one that cannot be removed. */
const STAND_INS = [null, 0, '', false, []];

type Path = readonly (string | number)[];

/** Removes the parts of a generated body that violate the schema. Documented examples are not changed. */
export function pruneBody(
  operation: PrismOperation,
  answer: Answer,
  check: (answer: Answer) => readonly Finding[],
): { readonly body: unknown; readonly findings: readonly Finding[] } {
  const first = check(answer);
  const isOurs = typeof answer.body === 'object' && !isExample(operation, answer.body);
  if (first.length === 0 || !isOurs) return { body: answer.body, findings: first };
  let [body, findings]: [unknown, readonly Finding[]] = [answer.body, first];
  for (let round = 0; round < MAX_ROUNDS && findings.length > 0; round += 1) {
    const targets = deepest(findings.map(({ path = [] }) => path));
    if (targets.length === 0) break;
    // Takes the first change that leaves the fewest violations: removing the value, or replacing it.
    const changes = [undefined, ...STAND_INS].map((value) => {
      const changed: unknown = structuredClone(body);
      for (const target of targets) put(changed, target, value);
      return { body: changed, findings: check({ ...answer, body: changed }) };
    });
    const fewest = Math.min(...changes.map((each) => each.findings.length));
    const best = changes.find((each) => each.findings.length === fewest);
    if (!best) break;
    ({ body, findings } = best);
  }
  return findings.length === 0 ? { body, findings } : { body: answer.body, findings: first };
}

/** The deepest paths in the body, below its root. Those of later items come first, so that cutting keeps the others. */
function deepest(paths: readonly Path[]): readonly Path[] {
  const inBody = paths.filter(([root]) => root === 'body').map((path) => path.slice(1));
  const depth = Math.max(1, ...inBody.map((path) => path.length));
  const unique = new Map(inBody.map((path) => [JSON.stringify(path), path]));
  return [...unique.values()]
    .filter((path) => path.length === depth)
    .toSorted((a, b) => Number(b.at(-1)) - Number(a.at(-1)) || 0);
}

function isExample({ responses }: PrismOperation, body: unknown): boolean {
  const contents = responses.flatMap((response) => response.contents ?? []);
  return contents
    .flatMap(({ examples = [] }) => examples)
    .some((example) => 'value' in example && example.value === body);
}

/** Sets the value at the path. Undefined removes what is there. */
function put(root: unknown, path: Path, value: unknown): void {
  let holder: unknown = root;
  for (const name of path.slice(0, -1)) {
    if (typeof holder !== 'object' || holder === null) return;
    holder = Reflect.get(holder, name);
  }
  const last = String(path.at(-1));
  if (typeof holder !== 'object' || holder === null) return;
  if (value !== undefined) Reflect.set(holder, last, value);
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(holder, last);
}
