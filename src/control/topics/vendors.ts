/** The served vendors and their documents. */
import type { Vendor } from '../../control-api/control-api.ts';
import { MockError } from '../../errors.ts';
import { json, type Topic } from '../call.ts';

export const vendors: Topic = {
  listVendors: async (_call, { served, notServed }) =>
    json({
      vendors: served.map(({ vendor, spec }): Vendor => ({
        name: vendor.name,
        title: vendor.title,
        spec: `/_mock/specs/${encodeURIComponent(vendor.name)}.json`,
        operations: spec.operations.map(({ operation: { id, method, path, summary } }) => ({
          id,
          method,
          path,
          summary,
          kind: Object.hasOwn(vendor.handlers, id) ? 'handled' : 'generated',
        })),
      })),
      notServed: notServed.map((each) => ({ ...each })),
    }),

  async getSpec({ parameters }, { served, spec: control }) {
    const specs = [...served.map(({ spec }) => spec), control];
    const found = specs.find(({ vendor }) => vendor === parameters['vendor']);
    if (found) return json(found.document);
    throw new MockError(
      'unknown-vendor',
      `Unknown vendor "${parameters['vendor']?.slice(0, 80)}". Known: ${specs.map(({ vendor }) => vendor).join(', ')}.`,
    );
  },
};
