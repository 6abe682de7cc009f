/** Repeats one call as fast as possible for some seconds, from a second process: wrk if installed, else autocannon. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Call } from '../peers/peer.ts';
import type { Latency, RateRun } from './at-rate.ts';
import { onCore } from './on-core.ts';

const run = promisify(execFile);
const CONNECTIONS = 16;
let runs = 0;
export const hasWrk = spawnSync('wrk', ['--version']).error === undefined;
const scripts = mkdtempSync(path.join(tmpdir(), 'license-mock-wrk-'));
const autocannon = path.join(import.meta.dirname, '../node_modules/autocannon/autocannon.js');
const atRate = path.join(import.meta.dirname, 'at-rate.ts');

export const generator = `${hasWrk ? 'wrk' : 'autocannon'}, ${CONNECTIONS} connections`;

/** Requests per second. Rejects if answers are not successful, because that would measure the speed of refusals. */
export async function runLoad(url: string, call: Call, seconds: number): Promise<number> {
  return hasWrk ? runWrk(url, call, seconds) : runAutocannon(url, call, seconds);
}

async function runWrk(url: string, call: Call, seconds: number): Promise<number> {
  const lines = [
    `wrk.method = ${JSON.stringify(call.method)}`,
    ...Object.entries(call.headers).map(
      ([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`,
    ),
    ...(call.body === undefined ? [] : [`wrk.body = ${JSON.stringify(call.body)}`]),
    ...(call.sandboxes === undefined ? [] : takeTurns(call.sandboxes)),
  ];
  // Several loads may start at once.
  const script = path.join(scripts, `${(runs += 1)}.lua`);
  writeFileSync(script, lines.join('\n'));
  const load = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-s', script, url + call.path];
  const said = await runOnCore(['wrk', ...load]);
  const refused = /Non-2xx or 3xx responses: (\d+)/.exec(said)?.[1];
  if (refused !== undefined) throw new Error(`${refused} answers of ${url} were no success.`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(said)?.[1]);
}

function takeTurns(sandboxes: number): readonly string[] {
  return [
    'local n = 0',
    'request = function()',
    `  n = (n + 1) % ${sandboxes}`,
    '  wrk.headers["X-Mock-Sandbox"] = "box-" .. n',
    '  return wrk.format()',
    'end',
  ];
}

async function runAutocannon(url: string, call: Call, seconds: number): Promise<number> {
  const headers = Object.entries(call.headers).flatMap(([name, value]) => [
    '-H',
    `${name}=${value}`,
  ]);
  const body = call.body === undefined ? [] : ['-b', call.body];
  const load = ['-c', String(CONNECTIONS), '-d', String(seconds), '-m', call.method, '--json'];
  const command = [process.execPath, autocannon, ...load, ...headers, ...body, url + call.path];
  const result = JSON.parse(await runOnCore(command)) as {
    non2xx: number;
    requests: { average: number };
  };
  if (result.non2xx > 0) throw new Error(`${result.non2xx} answers of ${url} were no success.`);
  return result.requests.average;
}

/** Latencies at so many requests per second, from a second process. */
export async function runAtRate(
  url: string,
  call: Call,
  rate: number,
  seconds: number,
): Promise<Latency> {
  const asked: RateRun = { url, call, rate, seconds, connections: CONNECTIONS };
  const said = await runOnCore([process.execPath, atRate, JSON.stringify(asked)]);
  return JSON.parse(said) as Latency;
}

async function runOnCore(command: readonly string[]): Promise<string> {
  const [program = '', ...args] = onCore(1, command);
  return (await run(program, args, { maxBuffer: 64 * 1024 * 1024 })).stdout;
}
