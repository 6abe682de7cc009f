/** Sends requests to live vendors: with limits on time and size, through the environment's proxies, without redirects. */
import { EnvHttpProxyAgent, errors, type Dispatcher } from 'undici';
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
    async send(request) {
      try {
        return await answerOf(agent, request);
      } catch (thrown) {
        throw explain(thrown, request.origin, request.timeoutMs);
      }
    },
  };
}

/** The answer did not end in time. */
class LateAnswer extends Error {}

/** Reads the pieces as they come: for so small answers, undici's streams would cost more than all else. */
function answerOf(
  agent: Dispatcher,
  { method, origin, path, headers, body, timeoutMs, signal }: LiveRequest,
): Promise<LiveAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<LiveAnswer>();
  let controller: Dispatcher.DispatchController | undefined;
  let reason: Error | undefined;
  const giveUp = (why: Error): void => {
    reason ??= why;
    controller?.abort(reason);
    reject(reason);
  };
  const abort = (): void => giveUp(new errors.RequestAbortedError());
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  // For the whole answer; undici's own limits are for its parts.
  const timer = setTimeout(() => giveUp(new LateAnswer()), timeoutMs);
  const end = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  };

  let status = 0;
  let joined: Record<string, string> = {};
  let pieces: Buffer[] = [];
  agent.dispatch(
    { origin, path, method: method as 'GET', headers, body: body.length > 0 ? body : null },
    {
      onRequestStart(started) {
        controller = started;
        if (reason) started.abort(reason);
      },
      // Also for an answer such as 103, which is not the last.
      onResponseStart(_controller, code, answered) {
        status = code;
        joined = joinHeaders(answered);
        pieces = [];
      },
      onResponseData: (_controller, piece) => void pieces.push(piece),
      onResponseEnd() {
        end();
        const [only = Buffer.alloc(0)] = pieces;
        const content = pieces.length > 1 ? Buffer.concat(pieces) : only;
        resolve({ status, headers: joined, body: content });
      },
      onResponseError(_controller, error) {
        end();
        reject(error);
      },
    },
  );
  return promise;
}

function joinHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name === 'set-cookie') continue;
    joined[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return joined;
}

function explain(thrown: unknown, origin: string, timeoutMs: number): MockError {
  const isLate =
    thrown instanceof LateAnswer ||
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
    `${origin} could not be asked: ${reason}. Check its URL and the network.`,
    { cause: thrown },
  );
}

/** Several failed addresses are one error without a message of its own. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof AggregateError) return thrown.errors.map(messageOf).join('; ');
  return messageOf(thrown);
}
