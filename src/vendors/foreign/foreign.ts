/** The vendor of an OpenAPI file that has no vendor folder. Prism serves it. */
import { createPrismFramework } from '../../frameworks/prism/prism.ts';
import { basePathsOf, type SpecDocument } from '../../openapi/document.ts';
import type { Spec } from '../../openapi/spec.ts';
import type { Vendor } from '../vendor.ts';

type ForeignSpec = Pick<Spec, 'vendor' | 'operations'> & { readonly document?: SpecDocument };

export function createForeignVendor(spec: ForeignSpec): Vendor {
  return {
    name: spec.vendor,
    title: spec.vendor,
    // No prefix, because it claims only the paths of its document.
    routing: {
      prefixes: [],
      mounts: basePathsOf(spec.document),
      ignoreCase: false,
      ignoreTrailingSlash: false,
    },
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
