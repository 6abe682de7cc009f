/** `verify --allow-writes` goes by what each operation says of itself. */
import { describe, expect, it } from 'vitest';
import { serveSpecs } from '../../src/parts.ts';
import { vendors } from '../../src/vendors/index.ts';

const served = await serveSpecs({ specs: undefined }, vendors);

describe.each(served)('$vendor.name', ({ spec }) => {
  it.each(spec.operations.map(({ operation, documented }) => [operation.id, documented] as const))(
    '%s says whether it reads or writes (x-mock-effect)',
    (_, documented) => {
      expect(documented['x-mock-effect']).toMatch(/^(?:read|write)$/);
    },
  );
});
