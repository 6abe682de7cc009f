/** Replicas of the mock, each a process, and a front that sends each request to any of them. */
import { Agent, createServer, request, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { startServerProcess, type ServerProcess } from './process.ts';

export type Replicas = {
  /** Of the front. */
  readonly url: string;
  /** Of each replica that runs. A replica that starts again has another one. */
  urls(): readonly string[];
  processes(): readonly ServerProcess[];
  /** SIGKILL. The front still sends requests to it, which fail. */
  kill(index: number): Promise<void>;
  start(index: number): Promise<void>;
  /** Resolves when all say that they are ready. Rejects after `limitMs`. */
  ready(limitMs?: number): Promise<void>;
  stop(): Promise<void>;
};

export async function startReplicas(options: {
  readonly count: number;
  /** Of `serve`. */
  readonly args: readonly string[];
  /** From 0 up to 1; which replica is next. */
  readonly random?: () => number;
}): Promise<Replicas> {
  const { count, args, random = Math.random } = options;
  const replicas: (ServerProcess | undefined)[] = Array.from({ length: count });
  const start = async (index: number) => {
    replicas[index] = await startServerProcess(args);
  };
  await Promise.all(replicas.map((_, index) => start(index)));
  const running = () => replicas.flatMap((each) => each ?? []);
  const front = await startFront(() => replicas[Math.floor(random() * count)]?.url);
  return {
    url: front.url,
    urls: () => running().map(({ url }) => url),
    processes: running,
    start,
    async kill(index) {
      const replica = replicas[index];
      replicas[index] = undefined;
      await replica?.end('SIGKILL');
    },
    async ready(limitMs = 30_000) {
      const limit = AbortSignal.timeout(limitMs);
      for (const { url, output } of running()) {
        for (;;) {
          const answer = await fetch(`${url}/_mock/ready`, { signal: limit }).catch(
            () => undefined,
          );
          if (answer?.status === 200) break;
          if (limit.aborted) throw new Error(`A replica is not ready: ${output().stderr}`);
        }
      }
    },
    async stop() {
      front.stop();
      await Promise.all(running().map((each) => each.end('SIGTERM')));
    },
  };
}

/** Answers 502 where the target does not answer, and never asks twice. */
async function startFront(
  target: () => string | undefined,
): Promise<{ readonly url: string; stop(): void }> {
  const agent = new Agent({ keepAlive: true });
  // Longer than the replicas say, whose headers it passes on: clients must not meet a closed connection.
  const server: Server = createServer({ keepAliveTimeout: 120_000 }, (incoming, outgoing) => {
    const fail = () => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end();
    };
    const to = target();
    if (to === undefined) return fail();
    const { method, url, rawHeaders: headers } = incoming;
    const asked = request(`${to}${url}`, { agent, method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.on('error', fail);
      answer.pipe(outgoing);
    });
    asked.on('error', fail);
    outgoing.on('close', () => asked.destroy());
    incoming.pipe(asked);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}
