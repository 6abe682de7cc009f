/** Finds operations that several documents have, and which document does not answer them. */
import type { Spec } from '../openapi/spec.ts';
import type { NotServed } from '../openapi/load-specs.ts';

/** The first spec answers. Specs with a vendor come first, then the files without one, sorted by name. */
export function findShadowed(specs: readonly Spec[]): readonly NotServed[] {
  const answering = new Map<string, Spec>();
  const shadowed: NotServed[] = [];
  for (const spec of specs) {
    for (const { operation } of spec.operations) {
      const key = `${operation.method} ${operation.path.replaceAll(/\{[^{}]+\}/g, '{}')}`;
      const first = answering.get(key);
      if (!first) answering.set(key, spec);
      if (!first || first === spec) continue;
      const name = `${operation.method} ${operation.path}`;
      const reason = `${spec.file} ${name}: ${first.file} answers this operation.`;
      shadowed.push({ file: spec.file, operation: name, reason });
    }
  }
  return shadowed;
}
