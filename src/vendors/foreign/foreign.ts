/** Stands in for the vendor of an OpenAPI file that comes without a vendor folder: Prism serves it. */
import { createPrismFramework } from '../../frameworks/prism/prism.ts';
import type { Spec } from '../../openapi/load-spec.ts';
import type { Vendor } from '../vendor.ts';

export function createForeignVendor(spec: Pick<Spec, 'vendor' | 'operations'>): Vendor {
  return {
    name: spec.vendor,
    title: spec.vendor,
    // No prefix: it claims the paths of its document and no other.
    routing: { prefixes: [], mounts: [], ignoreCase: false, ignoreTrailingSlash: false },
    collections: [],
    handlers: {},
    scenario: {
      lists: {},
      schema: { type: 'object', additionalProperties: false },
      starter: '{}',
      configure: () => ({}),
      plant: async () => {},
      describe: async () => ({}),
    },
    ledgerPrefix: spec.vendor.toUpperCase(),
    framework: createPrismFramework(spec.operations),
    introduce: () => ({ credentials: [describeSecurity(spec)], example: undefined }),
  };
}

function describeSecurity({ operations }: Pick<Spec, 'operations'>): string {
  const isSecured = operations.some(({ prism }) => (prism.security ?? []).length > 0);
  return isSecured ? 'credentials of the documented form, with any value' : 'none needed';
}
