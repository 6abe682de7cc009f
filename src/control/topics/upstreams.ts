/** What a sandbox uses the live vendors for. */
import type { SetUpstream, Upstream } from '../../control-api/control-api.ts';
import { MockError } from '../../errors.ts';
import type { Sandbox } from '../../sandboxes/sandbox.ts';
import { json, sandboxOf, type Call, type ControlParts, type Topic } from '../call.ts';
import { InvalidCall } from '../problem.ts';

export const upstreams: Topic = {
  async listUpstreams(call, parts) {
    const sandbox = await sandboxOf(call, parts);
    return json({
      upstreams: parts.served.map(({ vendor }) => showUpstream(sandbox, vendor.name, parts)),
    });
  },

  async getUpstream(call, parts) {
    const vendor = vendorOf(call, parts);
    return json(showUpstream(await sandboxOf(call, parts), vendor, parts));
  },

  async setUpstream(call, parts) {
    const vendor = vendorOf(call, parts);
    const { name } = await sandboxOf(call, parts);
    const { mode } = call.body as SetUpstream;
    if (mode !== 'mock' && !parts.live.upstreamOf(vendor)) {
      throw new InvalidCall([
        {
          detail: `mode: ${vendor} has no upstream, so its mode is mock. Start the server with --upstream ${vendor}=URL.`,
          pointer: '#/mode',
        },
      ]);
    }
    const sandbox = await parts.sandboxes.change(name, (setup) => ({
      ...setup,
      changed: {
        ...setup.changed,
        upstreams: { ...setup.changed?.upstreams, [vendor]: mode },
      },
    }));
    return json(showUpstream(sandbox, vendor, parts));
  },
};

function showUpstream(sandbox: Sandbox, vendor: string, { live }: ControlParts): Upstream {
  return {
    vendor,
    mode: live.modeOf(sandbox, vendor),
    url: live.upstreamOf(vendor)?.url ?? null,
  };
}

/** Throws `MockError` `unknown-vendor`. */
function vendorOf({ parameters }: Call, { served }: ControlParts): string {
  const asked = parameters['vendor'] ?? '';
  if (served.some(({ vendor }) => vendor.name === asked)) return asked;
  const names = served.map(({ vendor }) => vendor.name).join(', ');
  throw new MockError(
    'unknown-vendor',
    `There is no vendor "${asked.slice(0, 80)}". Vendors: ${names}.`,
  );
}
