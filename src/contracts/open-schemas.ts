/** Prepares the spec for the comparator, so that it treats free-form objects as the spec intends. */

/**
 * The comparator closes every `type: object` whose `additionalProperties` is not a schema, to find properties that
 * a contract expects and the spec does not have. An object without named properties, or with
 * `additionalProperties: true`, allows any property, so it gets the schema that allows everything.
 */
export function openFreeFormObjects(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(openFreeFormObjects);
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, openFreeFormObjects(value)]),
  );
  return isFreeForm(copy) ? { ...copy, additionalProperties: {} } : copy;
}

function isFreeForm(schema: Record<string, unknown>): boolean {
  if (schema['type'] !== 'object') return false;
  const { properties, additionalProperties } = schema;
  if (additionalProperties === true) return true;
  return additionalProperties === undefined && Object.keys(properties ?? {}).length === 0;
}
