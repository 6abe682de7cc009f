/** JSON merge patch (RFC 7396). */
import type { Json, JsonObject } from '../vendors/vendor.ts';

/**
 * The target as the patch wants it: fields of objects are merged, null removes a field, anything else takes the
 * target's place. Neither value is changed; a field named `__proto__` is a field like any other.
 */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
