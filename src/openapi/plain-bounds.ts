/**
 * Prism gives formats bounds that their author did not write, and its sampler starts at the lower one: an id of int64
 * would be -9007199254740991 in every answer.
 */
import type { PrismOperation } from './read-operations.ts';

type Translated = {
  readonly format?: unknown;
  readonly 'x-stoplight'?: { readonly explicitProperties?: readonly string[] };
};

const FORMATS = new Set<unknown>(['int32', 'int64', 'float', 'double']);

/** The operation with only the bounds that its document has, in what it answers. */
export function withPlainBounds(operation: PrismOperation): PrismOperation {
  const copies = new WeakMap<object, object>();
  const { responses, __bundled__: bundle } = operation as PrismOperation & {
    readonly __bundled__?: unknown;
  };
  return {
    ...operation,
    responses: copy(responses, copies) as PrismOperation['responses'],
    ...(bundle !== undefined && { __bundled__: copy(bundle, copies) }),
  };
}

/** What is used in several places is copied once. */
function copy(value: unknown, copies: WeakMap<object, object>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value);
  if (known) return known;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    copies.set(value, list);
    for (const item of value) list.push(copy(item, copies));
    return list;
  }
  const made: Record<string, unknown> = {};
  copies.set(value, made);
  for (const [name, part] of Object.entries(value)) {
    if (!isImplied(value, name)) made[name] = copy(part, copies);
  }
  return made;
}

function isImplied(schema: Translated, name: string): boolean {
  if (name !== 'minimum' && name !== 'maximum') return false;
  const explicit = schema['x-stoplight']?.explicitProperties;
  return FORMATS.has(schema.format) && explicit !== undefined && !explicit.includes(name);
}
