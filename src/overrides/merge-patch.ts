/** JSON merge patch (RFC 7396). */
import { isJsonObject, type Json } from '../messages/json.ts';

/**
 * The target as the patch wants it: fields of objects are merged, null removes a field, anything else takes the
 * target's place. Neither value is changed; a field named `__proto__` is a field like any other.
 */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const merged = new Map(isJsonObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}
