/** Forwards a request to the live vendor instead of answering it. */
import type { UpstreamConfig } from '../config/upstream-options.ts';
import { MockError } from '../errors.ts';
import { toClient } from '../live/incoming.ts';
import type { Live } from '../live/live.ts';
import { renderFault } from './answer.ts';
import { isWithinSpec, type Ended, type Routed } from './exchange.ts';

/** The upstream that answers the request; undefined if the mock does. */
export function findForwarding(exchange: Routed, live: Live): UpstreamConfig | undefined {
  const { vendor, sandbox } = exchange;
  switch (live.modeOf(sandbox, vendor.name)) {
    case 'proxy':
      return live.upstreamOf(vendor.name);
    case 'fallback':
      return hasHandler(exchange) ? undefined : live.upstreamOf(vendor.name);
    case 'mock':
    case 'shadow':
      return undefined;
  }
}

function hasHandler(exchange: Routed): boolean {
  const { vendor, spec } = exchange;
  return isWithinSpec(exchange) && vendor.handlers[spec?.operation.id ?? ''] !== undefined;
}

/** Nothing is checked, stored or overridden: the answer is the vendor's. A vendor that fails gives a 502 or 504. */
export async function forward(
  exchange: Routed,
  upstream: UpstreamConfig,
  { live, bodyLimitBytes }: { readonly live: Live; readonly bodyLimitBytes: number },
): Promise<Ended> {
  const { http, spec, raw } = exchange;
  try {
    if (raw.isTooLarge) {
      throw new MockError(
        'too-large',
        `The body is longer than ${bodyLimitBytes} bytes; see --body-limit.`,
      );
    }
    const operation = isWithinSpec(exchange) ? spec?.operation : undefined;
    const answer = await live.ask(http, upstream, { operation });
    const headers = toClient(answer, upstream, http.baseUrl);
    return {
      ...exchange,
      outcome: {
        status: answer.status,
        body: undefined,
        encoded: { headers, body: answer.body },
        kind: 'proxied',
      },
    };
  } catch (thrown) {
    if (!(thrown instanceof MockError)) throw thrown;
    return { ...exchange, outcome: { ...renderFault(thrown), kind: 'proxied' } };
  }
}
