/** JSON merge patch (RFC 7396). */
import { isJsonObject, type Json } from '../messages/json.ts';

/**
 * Applies the patch to the target: merges the fields of objects, removes a field for null, and replaces anything else.
 * Changes neither value. A field named `__proto__` is an ordinary field.
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
