/**
 * Sends one call at a fixed rate and prints how long its answers took: `node at-rate.ts '{"url": …, "call": …}'`.
 *
 * Each request is due at a time that earlier answers do not move, and its latency counts from then, also while it waits
 * for a free connection. So a server that stalls is charged for every request that came meanwhile, and nothing is left
 * to correct for coordinated omission (wrk2 does the same).
 *
 * Not autocannon's `-R`: each of its connections sends its requests of a second as fast as it can, then rests until the
 * next second. So the server is under full load for half of the time, not under half load. It corrects for coordinated
 * omission by an expected interval of `Math.ceil(1 / rate)`, which is 1 ms at any rate, and so counts each answer that
 * takes 20 ms as 20 answers.
 */
import { Agent, request } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import type { Call } from '../peers/peer.ts';

export type RateRun = {
  readonly url: string;
  readonly call: Call;
  /** Requests per second. */
  readonly rate: number;
  readonly seconds: number;
  readonly connections: number;
};

export type Latency = { readonly p50Ms: number; readonly p99Ms: number };

/** Not counted: connections are opened, and this process compiles its code. */
const WARM_UP_SECONDS = 1;

const { url, call, rate, seconds, connections } = JSON.parse(process.argv[2] ?? '') as RateRun;
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const intervalMs = 1000 / rate;
const warmUp = Math.round(rate * WARM_UP_SECONDS);
const total = warmUp + Math.round(rate * seconds);
const taken: number[] = [];
const answers: Promise<void>[] = [];
const started = performance.now();
for (let i = 0; i < total; i++) {
  const dueMs = started + i * intervalMs;
  // A timer would be late by up to a millisecond; this core has nothing else to do.
  while (performance.now() < dueMs) await turn();
  answers.push(
    send().then(() => {
      if (i >= warmUp) taken.push(performance.now() - dueMs);
    }),
  );
}
await Promise.all(answers);
agent.destroy();
taken.sort((a, b) => a - b);
const latency: Latency = { p50Ms: percentile(50), p99Ms: percentile(99) };
process.stdout.write(JSON.stringify(latency));

function send(): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const { method, path, headers, body } = call;
  const outgoing = request(url + path, { agent, method, headers: { ...headers } });
  outgoing.on('response', (answer) => {
    answer.resume();
    answer.on('end', () => {
      if (answer.statusCode === 200) resolve();
      else reject(new Error(`An answer of ${url} was ${answer.statusCode}.`));
    });
  });
  outgoing.on('error', reject);
  outgoing.end(body);
  return promise;
}

function percentile(percent: number): number {
  return taken[Math.ceil((taken.length * percent) / 100) - 1] ?? Number.NaN;
}
