/** Makes a pulled section fit the schema of its vendor: a live vendor's records can hold what a scenario cannot. */
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';
import { compileSchema } from '../../schema/json-schema.ts';

export type Fitted = {
  readonly section: JsonObject;
  /** What was left out, a sentence each. */
  readonly leftOut: readonly string[];
};

const MAX_ROUNDS = 20;

/** Takes out each value that does not fit, or the record around it where the record needs it. */
export function fitSection(pulled: JsonObject, schema: object): Fitted {
  const section = structuredClone(pulled);
  const check = compileSchema(schema);
  const leftOut = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const violations = check(section);
    if (violations.length === 0) break;
    // From the end, so that the indexes before stay right.
    const paths = violations.toSorted((a, b) => comparePaths(b.path, a.path));
    const done = new Set<string>();
    for (const { path, message } of paths) {
      const key = path.join('/');
      if (done.has(key) || !take(section, path)) continue;
      done.add(key);
      const at = path.map((name) => (/^\d+$/.test(name) ? '[]' : name)).join('.');
      // Without the value, so that each field is told once.
      const why = message.replace(/^.* (?=must |is not )/s, '');
      leftOut.add(`${at.replaceAll('.[]', '[]')} ${why}`);
    }
  }
  return { section, leftOut: [...leftOut] };
}

/** True if something was there. */
function take(root: JsonObject, path: readonly string[]): boolean {
  let holder: Json = root;
  for (const name of path.slice(0, -1)) {
    const next: Json | undefined = Array.isArray(holder)
      ? holder[Number(name)]
      : isJsonObject(holder)
        ? holder[name]
        : undefined;
    if (next === undefined) return false;
    holder = next;
  }
  const last = path.at(-1) ?? '';
  if (Array.isArray(holder)) return holder.splice(Number(last), 1).length > 0;
  return (
    isJsonObject(holder) && Object.hasOwn(holder, last) && Reflect.deleteProperty(holder, last)
  );
}

function comparePaths(left: readonly string[], right: readonly string[]): number {
  for (const [i, name] of left.entries()) {
    const other = right[i];
    if (other === undefined) return 1;
    if (name === other) continue;
    const isNumber = /^\d+$/.test(name) && /^\d+$/.test(other);
    return isNumber ? Number(name) - Number(other) : name < other ? -1 : 1;
  }
  return left.length - right.length;
}
