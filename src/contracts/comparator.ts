/** The comparator of PactFlow, typed: its own declarations import each other without file endings, which nodenext does not read. */
import * as library from '@pactflow/openapi-pact-comparator';
import type { SpecDocument } from '../openapi/document.ts';
import { openFreeFormObjects } from './open-schemas.ts';

/** What it found; nothing found is a pass. */
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

/** One a spec: it compiles each schema once, when it is first needed. */
export function comparatorOf(oas: SpecDocument): Comparator {
  // It resolves references in place: it gets a copy.
  const comparator = made.get(oas) ?? new create({ oas: openFreeFormObjects(oas) as SpecDocument });
  made.set(oas, comparator);
  return comparator;
}
