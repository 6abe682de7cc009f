/** Every schema that stands in an OpenAPI document, by JSON Pointer. */

type Found = { readonly pointer: string; readonly schema: object };

/** Left out: what is only a reference, for its target is found too. */
export function findSchemas(document: object): readonly Found[] {
  return [...walk(document, '', false)];
}

function* walk(node: unknown, pointer: string, isSchema: boolean): Generator<Found> {
  if (typeof node !== 'object' || node === null) return;
  if (isSchema) {
    if (!('$ref' in node)) yield { pointer, schema: node };
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    const at = `${pointer}/${escapeSegment(key)}`;
    if (key === 'schemas' && pointer === '/components') {
      for (const [name, schema] of Object.entries(value as object)) {
        yield* walk(schema, `${at}/${escapeSegment(name)}`, true);
      }
    } else if (key !== 'example' && key !== 'examples') {
      yield* walk(value, at, key === 'schema');
    }
  }
}

function escapeSegment(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}
