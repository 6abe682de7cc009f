/**
 * An OpenAPI document's operations in Prism's own form, by the two libraries that Prism reads it with. Its own reader
 * also loads what Postman's collections need, and untangles circles of references that most documents do not have:
 * together 140 ms of the start and 15 MB. A test holds the two against each other.
 */
import { transformOas3Operations } from '@stoplight/http-spec/oas3/operation';
import RefParser from '@stoplight/json-schema-ref-parser';
import type { SpecDocument } from './document.ts';

type Fragment = Parameters<typeof transformOas3Operations>[0];

export type PrismOperation = ReturnType<typeof transformOas3Operations>[number];

/** Leaves the document as it is. Throws where a reference leads nowhere. */
export async function readOperations(document: SpecDocument): Promise<readonly PrismOperation[]> {
  const parser = new RefParser();
  const resolved = await parser.dereference(structuredClone(document));
  if (!parser.$refs.circular) {
    if (!('swagger' in document)) return transformOas3Operations(resolved as Fragment);
    const { transformOas2Operations } = await import('@stoplight/http-spec/oas2/operation');
    return transformOas2Operations(resolved as object);
  }
  const { readByPrism } = await import('./read-by-prism.ts');
  return readByPrism(document);
}
