/** Whether a request can change the vendor's data. */
import type { SpecOperation } from './spec.ts';

/** What the spec says of the operation. Else the method tells: where no operation matches, or the spec does not say. */
export function isWrite(spec: SpecOperation | undefined, method: string): boolean {
  const effect = spec?.documented['x-mock-effect'];
  return effect === undefined ? !['GET', 'HEAD'].includes(method) : effect === 'write';
}
