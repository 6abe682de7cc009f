/**
 * Stands between Pact's verifier and a provider: passes requests on as they are, takes provider states, and keeps
 * what was asked and answered. What Pact alone does not tell is known by it: that an interaction was run at all.
 */
import { createServer, request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { ServerResponse } from 'node:http';
import { messageOf } from '../errors.ts';
import type { ProviderState } from './contract.ts';
import { asRecord } from './read-interaction.ts';

export type Exchange = {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** Where the requests of one interaction go. */
export type Target = {
  readonly url: string;
  /** Sent with each request, over its own. */
  readonly headers: Readonly<Record<string, string>>;
  /** Gives the values that Pact injects. */
  enterState(state: ProviderState): Promise<object>;
  leaveState(state: ProviderState): Promise<void>;
};

export type Recording = {
  readonly exchanges: readonly Exchange[];
  /** Why a state could not be entered. */
  readonly stateFaults: readonly string[];
  /** Why the provider gave no answer. */
  readonly failures: readonly string[];
};

export type Relay = {
  readonly url: string;
  readonly statesUrl: string;
  /** Sends what comes while `work` runs to the target. */
  record<T>(target: Target, work: () => Promise<T>): Promise<{ result: T; recording: Recording }>;
  stop(): Promise<void>;
};

type Session = { readonly target: Target } & {
  readonly [list in keyof Recording]: Recording[list][number][];
};

const STATES_PATH = '/_pact/states';
/** Of one connection alone; the relay has its own. */
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
    async record(target, work) {
      const recording: Session = { target, exchanges: [], stateFaults: [], failures: [] };
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

/** Pact enters each state, also the empty one of an interaction without any, and leaves each afterwards. */
async function answerState(
  incoming: IncomingMessage,
  response: ServerResponse,
  { target, stateFaults }: Session,
): Promise<void> {
  const { state, params, action } = asRecord(JSON.parse(await bodyText(incoming)));
  const named = { name: String(state ?? ''), params: asRecord(params) };
  try {
    const values = await changeState(target, named, action);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(values));
  } catch (thrown) {
    stateFaults.push(messageOf(thrown));
    // A 5xx Pact would send again, and again, for half a minute.
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
  { target, exchanges }: Session,
): Promise<void> {
  const body = await buffer(incoming);
  const answer = await send(incoming, body, target);
  const bytes = await buffer(answer);
  const headers = withoutHops(answer.headers);
  exchanges.push({
    method: incoming.method ?? 'GET',
    url: incoming.url ?? '/',
    status: answer.statusCode ?? 0,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
    ),
    body: bytes,
  });
  response.writeHead(answer.statusCode ?? 502, headers).end(bytes);
}

function send(incoming: IncomingMessage, body: Buffer, target: Target): Promise<IncomingMessage> {
  const url = new URL(target.url);
  const open = url.protocol === 'https:' ? requestHttps : requestHttp;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = open(
    {
      protocol: url.protocol,
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port,
      // As text: the path goes out as it came, whatever is in it.
      path: url.pathname.replace(/\/$/, '') + (incoming.url ?? '/'),
      method: incoming.method,
      headers: {
        ...withoutHops(incoming.headers),
        'accept-encoding': 'identity',
        ...target.headers,
        host: url.host,
        ...(body.length > 0 && { 'content-length': body.length }),
      },
    },
    resolve,
  );
  outgoing.once('error', (cause) =>
    reject(
      new Error(`${url.origin} does not answer: ${messageOf(cause) || cause.name}`, { cause }),
    ),
  );
  outgoing.end(body);
  return promise;
}

function withoutHops(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_HEADERS.has(name)));
}

async function bodyText(incoming: IncomingMessage): Promise<string> {
  return (await buffer(incoming)).toString('utf8');
}
