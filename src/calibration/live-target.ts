/** The live vendor: one request at a time, not faster than the rate, never more than allowed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sendRequest } from '../contracts/send-request.ts';
import type { ProbeRequest } from './fill-step.ts';
import { credentialOf } from './mock-target.ts';
import type { ProbeAnswer } from './observe.ts';
import type { Target } from './play-probe.ts';

export type LiveVendor = {
  /** A path in it comes before the path of each request. */
  readonly url: string;
  /** With the credentials. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Requests a second. */
  readonly rate: number;
  readonly maxRequests: number;
  readonly timeoutMs: number;
  /** Aborted: nothing more is sent, except to clean up. */
  readonly signal: AbortSignal;
};

/** The run ends here, for a reason of its own: the user's limit, or Ctrl-C. */
class Ended extends Error {}

/** The longest wait that `Retry-After` can ask for. */
const MAX_WAIT_SECONDS = 120;
const ATTEMPTS = 4;

export type LiveTarget = Target & {
  /** Requests sent so far. */
  sent(): number;
  /** As `send`, also after the signal. */
  cleanUp(request: ProbeRequest): Promise<ProbeAnswer>;
};

export function createLiveTarget(vendor: LiveVendor): LiveTarget {
  const base = new URL(vendor.url);
  const prefix = base.pathname.replace(/\/$/, '');
  let sent = 0;
  let nextMs = 0;

  const sendOnce = async (request: ProbeRequest) => {
    await sleep(Math.max(0, nextMs - performance.now()));
    nextMs = performance.now() + 1000 / vendor.rate;
    sent += 1;
    const { authorization: _, ...others } = vendor.headers;
    const headers = request.hasCredentials ? vendor.headers : others;
    return sendRequest({
      method: request.method,
      url: base,
      path: prefix + request.path,
      headers: { ...headers, ...request.headers, host: base.host },
      body: Buffer.from(request.body),
      viaProxy: true,
      signal: AbortSignal.timeout(vendor.timeoutMs),
    });
  };

  const sendPatiently = async (request: ProbeRequest): Promise<ProbeAnswer> => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await sendOnce(request);
      const seconds = waitOf(answer.status, answer.headers['retry-after']);
      if (seconds === undefined || attempt === ATTEMPTS) {
        return { ...answer, body: answer.body.toString('utf8') };
      }
      await sleep(seconds * 1000);
    }
  };

  return {
    url: base.origin + prefix,
    credential: credentialOf(vendor.headers),
    sent: () => sent,
    cleanUp: sendPatiently,
    send(request) {
      if (vendor.signal.aborted) throw new Ended('It was interrupted.');
      if (sent >= vendor.maxRequests) {
        throw new Ended(`--max-requests allows ${vendor.maxRequests} requests.`);
      }
      return sendPatiently(request);
    },
  };
}

/** Seconds until the request may be sent again; undefined: it need not be. `Retry-After` is seconds or a date. */
export function waitOf(
  status: number,
  retryAfter: string | undefined,
  nowMs = Date.now(),
): number | undefined {
  if ((status !== 429 && status !== 503) || retryAfter === undefined) return undefined;
  const seconds = /^\d+$/.test(retryAfter)
    ? Number(retryAfter)
    : (Date.parse(retryAfter) - nowMs) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), MAX_WAIT_SECONDS);
}
