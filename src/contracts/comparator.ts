/** PactFlow's comparator with types. Its own declarations omit file extensions, which nodenext cannot resolve. */
import * as library from '@pactflow/openapi-pact-comparator';
import type { SpecDocument } from '../openapi/document.ts';
import { openFreeFormObjects } from './open-schemas.ts';

/** One finding. Without findings, the interaction passes. */
export type ComparatorResult = {
  /** `response.body.incompatible`, `request.body.unvalidatable`, … */
  readonly code: string;
  readonly message: string;
  readonly type: 'error' | 'warning' | 'info';
  readonly mockDetails?: { readonly location: string; readonly value: unknown };
};

export type Comparator = { compare(pact: object): AsyncIterable<ComparatorResult> };

const { Comparator: create } = library as unknown as {
  readonly Comparator: new (options: { readonly oas: SpecDocument }) => Comparator;
};

const made = new WeakMap<SpecDocument, Comparator>();

/** Use one comparator for each spec, because it compiles each schema once, on first use. */
export function comparatorOf(oas: SpecDocument): Comparator {
  // It resolves references in place, so it gets a copy.
  const comparator = made.get(oas) ?? new create({ oas: openFreeFormObjects(oas) as SpecDocument });
  made.set(oas, comparator);
  return comparator;
}
