/**
 * Keeps generated content, so that answers do not generate it again. Content follows from the sandbox's seed, the id
 * and the fields that are given; the entries that were not used for longest leave first.
 */
import type { JsonObject } from '../../../messages/json.ts';
import { makeLasting } from '../../../messages/lasting-part.ts';
import type { TiWorld } from '../credentials.ts';
import type { Maker } from './maker.ts';

/** A course, the largest of them, takes about 8 KB of memory. */
const MAX_ENTRIES = 1_000;

type Entry = { readonly given: JsonObject; readonly content: JsonObject };

const entries = new Map<string, Entry>();

/** `kind` and `id` also choose the faker's values. */
export function makeOnce(
  kind: string,
  { id, given }: { readonly id: string; readonly given: JsonObject },
  make: Maker,
  world: TiWorld,
): JsonObject {
  const key = `${world.seed} ${kind} ${id}`;
  const known = entries.get(key);
  const isSame = known && (known.given === given || sameJson(known.given, given));
  const entry = isSame
    ? known
    : { given, content: makeLasting(make(id, given, world.faker(`${kind} ${id}`))) };
  entries.delete(key);
  entries.set(key, entry);
  if (entries.size > MAX_ENTRIES) {
    const [oldest] = entries.keys();
    if (oldest !== undefined) entries.delete(oldest);
  }
  return entry.content;
}

function sameJson(left: JsonObject, right: JsonObject): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
