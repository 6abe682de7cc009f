/**
 * A proxy between Pact's verifier and a provider: forwards requests unchanged, sets up provider states, and records
 * requests and answers. This shows what Pact does not report, such as whether an interaction was run at all.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { messageOf } from '../errors.ts';
import type { ProviderState } from './contract.ts';
import { asRecord, withoutNulls } from './read-interaction.ts';
import { followRedirect, hideLocation } from './redirects.ts';
import { sendRequest, type Incoming, type Outgoing } from './send-request.ts';

export type Exchange = {
  readonly method: string;
  /** Path and query below the provider's URL. */
  readonly url: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** The target of one interaction's requests. */
export type Target = {
  readonly url: string;
  /** Sent with each request; they replace headers of the same name. */
  readonly headers: Readonly<Record<string, string>>;
  /** True to forward the relay's Host header, so that links in answers point to the relay. */
  readonly keepsHost: boolean;
  /** True to use the proxy from the environment. */
  readonly viaProxy: boolean;
  /** Returns the values that Pact injects. */
  enterState(state: ProviderState): Promise<object>;
  leaveState(state: ProviderState): Promise<void>;
};

export type Recording = {
  readonly exchanges: readonly Exchange[];
  /** Reasons why a state could not be set up. */
  readonly stateFaults: readonly string[];
  /** Reasons why the provider did not answer. */
  readonly failures: readonly string[];
};

export type Relay = {
  readonly url: string;
  readonly statesUrl: string;
  /** Forwards requests to the target while `work` runs. */
  record<T>(
    route: { readonly target: Target; readonly followsRedirects: boolean },
    work: () => Promise<T>,
  ): Promise<{ result: T; recording: Recording }>;
  stop(): Promise<void>;
};

type Session = { readonly target: Target; readonly followsRedirects: boolean } & {
  readonly [list in keyof Recording]: Recording[list][number][];
};

const STATES_PATH = '/_pact/states';
/** At most as many as Pact's verifier and browsers follow. */
const MAX_REDIRECTS = 10;
/** Headers that apply to one connection only. */
const HOP_HEADERS = new Set(['host', 'connection', 'keep-alive', 'transfer-encoding', 'upgrade']);

export async function startRelay(): Promise<Relay> {
  let session: Session | undefined;
  const server = createServer((incoming, response) => {
    const current = session;
    if (!current) return void response.writeHead(503).end();
    const answer =
      incoming.method === 'POST' && incoming.url === STATES_PATH ? answerState : passOn;
    answer(incoming, response, current).catch((thrown: unknown) => {
      current.failures.push(messageOf(thrown));
      if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain' });
      response.end(messageOf(thrown));
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    statesUrl: url + STATES_PATH,
    async record(route, work) {
      const recording: Session = { ...route, exchanges: [], stateFaults: [], failures: [] };
      session = recording;
      try {
        return { result: await work(), recording };
      } finally {
        session = undefined;
      }
    },
    async stop() {
      server.closeAllConnections();
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      await closed.promise;
    },
  };
}

/** Pact sets up each state (an empty one if there is none), and tears each down afterwards. */
async function answerState(
  incoming: IncomingMessage,
  response: ServerResponse,
  { target, stateFaults }: Session,
): Promise<void> {
  const { state, params, action } = asRecord(JSON.parse(await bodyText(incoming)));
  const named = { name: String(state ?? ''), params: withoutNulls(asRecord(params)) };
  try {
    const values = await changeState(target, named, action);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(values));
  } catch (thrown) {
    stateFaults.push(messageOf(thrown));
    // Pact would repeat the call for half a minute after a 5xx.
    response.writeHead(422, { 'content-type': 'text/plain' }).end(messageOf(thrown));
  }
}

async function changeState(target: Target, state: ProviderState, action: unknown): Promise<object> {
  if (state.name === '') return {};
  if (action === 'setup') return target.enterState(state);
  await target.leaveState(state);
  return {};
}

async function passOn(
  incoming: IncomingMessage,
  response: ServerResponse,
  { target, followsRedirects, exchanges }: Session,
): Promise<void> {
  let asked = toOutgoing(incoming, await buffer(incoming), target);
  for (let redirects = 0; ; redirects += 1) {
    const answer = await sendRequest(asked);
    exchanges.push(toExchange(asked, answer, target));
    const next =
      followsRedirects && redirects < MAX_REDIRECTS
        ? followRedirect(asked, answer, Object.keys(target.headers))
        : undefined;
    if (!next) {
      const headers = hideLocation(withoutHops(answer.headers));
      response.writeHead(answer.status, headers).end(answer.body);
      return;
    }
    asked = next;
  }
}

function toOutgoing(incoming: IncomingMessage, body: Buffer, target: Target): Outgoing {
  const url = new URL(target.url);
  return {
    method: incoming.method ?? 'GET',
    url,
    path: pathOf(url) + (incoming.url ?? '/'),
    headers: {
      ...withoutHops(incoming.headers),
      'accept-encoding': 'identity',
      ...target.headers,
      host: (target.keepsHost && incoming.headers.host) || url.host,
    },
    body,
    viaProxy: target.viaProxy,
  };
}

function toExchange({ method, url, path }: Outgoing, answer: Incoming, target: Target): Exchange {
  const base = new URL(target.url);
  const isBelow = url.origin === base.origin && path.startsWith(`${pathOf(base)}/`);
  const headers = Object.entries(withoutHops(answer.headers));
  return {
    method,
    url: isBelow ? path.slice(pathOf(base).length) : path,
    status: answer.status,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, [value].flat().join(', ')])),
    body: answer.body,
  };
}

function pathOf({ pathname }: URL): string {
  return pathname.replace(/\/$/, '');
}

function withoutHops(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_HEADERS.has(name)));
}

async function bodyText(incoming: IncomingMessage): Promise<string> {
  return (await buffer(incoming)).toString('utf8');
}
