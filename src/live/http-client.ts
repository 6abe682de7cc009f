/** Sends requests to live vendors: with limits on time and size, through the environment's proxies, without redirects. */
import { EnvHttpProxyAgent, errors } from 'undici';
import { MockError, messageOf } from '../errors.ts';

export type LiveRequest = {
  readonly method: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** Path and query, which are sent as they are. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly timeoutMs: number;
  /** Gives up when it is aborted. */
  readonly signal?: AbortSignal | undefined;
};

export type LiveAnswer = {
  readonly status: number;
  /** Names in lower case. Repeated headers are joined, except `set-cookie`, which is dropped. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export type HttpClient = {
  /** Rejects with `MockError` `upstream-timeout` or `upstream-failed`. */
  send(request: LiveRequest): Promise<LiveAnswer>;
};

const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const MAX_CONNECT_MS = 10_000;
/** This machine is never reached through a proxy. */
const NEVER_PROXIED = 'localhost,127.0.0.1,::1,[::1]';

export function createHttpClient(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): HttpClient {
  const spared = environment['no_proxy'] || environment['NO_PROXY'];
  const agent = new EnvHttpProxyAgent({
    noProxy: spared ? `${spared},${NEVER_PROXIED}` : NEVER_PROXIED,
    connect: { timeout: MAX_CONNECT_MS },
    maxResponseSize: MAX_ANSWER_BYTES,
    connections: 64,
  });
  return {
    async send({ method, origin, path, headers, body, timeoutMs, signal }) {
      try {
        const answer = await agent.request({
          origin,
          path,
          method: method as 'GET',
          headers,
          body: body.length > 0 ? body : null,
          // For the whole answer; undici's own limits are for its parts.
          signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]),
        });
        const content = Buffer.from(await answer.body.arrayBuffer());
        return {
          status: answer.statusCode,
          headers: joinHeaders(answer.headers),
          body: content,
        };
      } catch (thrown) {
        throw explain(thrown, origin, timeoutMs);
      }
    },
  };
}

function joinHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || name === 'set-cookie' ? [] : [[name, [value].flat().join(', ')]],
    ),
  );
}

function explain(thrown: unknown, origin: string, timeoutMs: number): MockError {
  const isLate =
    (thrown instanceof Error && thrown.name === 'TimeoutError') ||
    thrown instanceof errors.ConnectTimeoutError ||
    thrown instanceof errors.HeadersTimeoutError ||
    thrown instanceof errors.BodyTimeoutError;
  if (isLate) {
    return new MockError(
      'upstream-timeout',
      `${origin} did not answer within ${timeoutMs} ms. Raise --upstream-timeout, or check the vendor.`,
      { cause: thrown },
    );
  }
  const reason =
    thrown instanceof errors.ResponseExceededMaxSizeError
      ? `the answer is larger than ${MAX_ANSWER_BYTES} bytes`
      : reasonOf(thrown);
  return new MockError(
    'upstream-failed',
    `${origin} could not be asked: ${reason}. Check --upstream and the network.`,
    { cause: thrown },
  );
}

/** Several failed addresses are one error without a message of its own. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof AggregateError) return thrown.errors.map(messageOf).join('; ');
  return messageOf(thrown);
}
