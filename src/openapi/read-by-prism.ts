/** Prism's own reader: where references go in circles, and for the test that holds ours against it. */
import { getHttpOperationsFromSpec } from '@stoplight/prism-http/dist/utils/operations.js';
import type { SpecDocument } from './document.ts';
import type { PrismOperation } from './read-operations.ts';

export async function readByPrism(document: SpecDocument): Promise<readonly PrismOperation[]> {
  return getHttpOperationsFromSpec(structuredClone(document));
}
