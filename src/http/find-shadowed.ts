/** Operations that several documents have: who answers them, and who does not. */
import type { NotServed } from '../openapi/load-specs.ts';
import type { Served } from './find-route.ts';

/** The first in order answers: our vendors come before files without one, and those are sorted by name. */
export function findShadowed(all: readonly Served[]): readonly NotServed[] {
  const first = new Map<string, Served>();
  const shadowed: NotServed[] = [];
  for (const served of all) {
    for (const { operation } of served.spec.operations) {
      const key = `${operation.method} ${operation.path.replaceAll(/\{[^{}]+\}/g, '{}')}`;
      const answering = first.get(key);
      if (!answering) {
        first.set(key, served);
      } else if (answering !== served) {
        const { file } = served.spec;
        const name = `${operation.method} ${operation.path}`;
        const reason = `${file} ${name}: ${answering.spec.file} answers this operation.`;
        shadowed.push({ file, operation: name, reason });
      }
    }
  }
  return shadowed;
}
