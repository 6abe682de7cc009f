/** The live vendors behind the mocked ones, and what each sandbox uses them for. */
import type { UpstreamConfig, UpstreamMode } from '../config/upstream-options.ts';
import { MockError } from '../errors.ts';
import type { HttpRequest } from '../messages/message.ts';
import type { Operation } from '../openapi/operation.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { HttpClient, LiveAnswer } from './http-client.ts';
import { createOutgoing } from './outgoing.ts';

export type Live = {
  /** Undefined: the vendor has no upstream. */
  upstreamOf(vendor: string): UpstreamConfig | undefined;
  modeOf(sandbox: Sandbox, vendor: string): UpstreamMode;
  /** Throws `MockError` `upstream-loop` if this mock sent the request. */
  refuseLoop(http: Pick<HttpRequest, 'headers'>): void;
  /** Rejects with `MockError` `upstream-timeout` or `upstream-failed`. */
  ask(
    http: HttpRequest,
    upstream: UpstreamConfig,
    more: { readonly operation: Operation | undefined; readonly signal?: AbortSignal },
  ): Promise<LiveAnswer>;
};

/** `identity`: the same in all processes of one mock. Throws `MockError` `bad-option` for an upstream of an unknown vendor. */
export async function createLive(
  upstreams: readonly UpstreamConfig[],
  vendors: readonly string[],
  identity: string,
): Promise<Live> {
  const unknown = upstreams.find(({ vendor }) => !vendors.includes(vendor));
  if (unknown) {
    throw new MockError(
      'bad-option',
      `--upstream names the vendor "${unknown.vendor}", which is not served. Vendors: ${vendors.join(', ')}.`,
    );
  }
  const byVendor = new Map(upstreams.map((each) => [each.vendor, each]));
  const outgoing = createOutgoing(identity);
  const client = upstreams.length > 0 ? await openClient() : undefined;
  return {
    upstreamOf: (vendor) => byVendor.get(vendor),
    modeOf({ setup }, vendor) {
      const upstream = byVendor.get(vendor);
      return upstream ? (setup.changed?.upstreams?.[vendor] ?? upstream.mode) : 'mock';
    },
    refuseLoop(http) {
      if (!outgoing.isOwn(http)) return;
      throw new MockError(
        'upstream-loop',
        'This license-mock forwarded the request to itself. Correct --upstream.',
      );
    },
    async ask(http, upstream, { operation, signal }) {
      if (!client) throw new Error('No upstream is open.');
      return client.send({ ...outgoing.toVendor(http, upstream, operation), signal });
    },
  };
}

/** Loaded only where it is used: most mocks have no upstream. */
async function openClient(): Promise<HttpClient> {
  const { createHttpClient } = await import('./http-client.ts');
  return createHttpClient();
}
