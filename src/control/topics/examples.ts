/** A working request for each vendor, with credentials that the sandbox accepts. */
import type { VendorExample } from '../../control-api/control-api.ts';
import { json, sandboxOf, type Topic } from '../call.ts';

export const examples: Topic = {
  async listExamples(call, parts) {
    const { setup } = await sandboxOf(call, parts);
    const found = parts.served.flatMap(({ vendor }): VendorExample[] => {
      const { credentials, example } = vendor.introduce(setup.configs[vendor.name]);
      if (!example) return [];
      const { body, ...request } = example;
      return [
        { vendor: vendor.name, credentials, ...request, ...(body !== undefined && { body }) },
      ];
    });
    return json({ examples: found });
  },
};
