/** The bodies that a person can start from: the one that works in this sandbox, then those of the document. */
import type { VendorExample } from '../../control-api/control-api.ts';
import type { Json } from '../../messages/json.ts';
import type { Example, ReadOperation } from '../openapi/read-operation.ts';

export function examplesFor(
  { method, path, body }: ReadOperation,
  example: VendorExample | undefined,
): readonly Example[] {
  const documented = body?.examples ?? [];
  const isSame = example?.method === method && example.path.split('?')[0] === path;
  if (!isSame || example.body === undefined) return documented;
  return [
    { name: 'With ids of this sandbox', value: JSON.parse(example.body) as Json },
    ...documented,
  ];
}
