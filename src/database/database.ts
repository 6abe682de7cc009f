/** The connections to PostgreSQL. This folder is the only one that imports `pg`. */
import { createHash } from 'node:crypto';
import {
  Client,
  escapeIdentifier,
  Pool,
  types as pgTypes,
  type ClientBase,
  type PoolClient,
} from 'pg';
import { messageOf } from '../errors.ts';
import { listenTo } from './listen-to.ts';

type DatabaseLog = (level: 'warn' | 'error', message: string) => void;

/** Counts what happens, for the metrics. */
type DatabaseCount = (
  event: 'round-trip' | 'conflict' | 'lock-wait' | 'failure',
  /** Of a lock: how long it was waited for. */
  seconds?: number,
) => void;

export type DatabaseOptions = {
  /** `postgres://user:password@host:port/name`, with the parameters that `pg` knows, such as `sslmode`. */
  readonly url: string;
  /** The schema that holds all tables. */
  readonly schema: string;
  readonly log: DatabaseLog;
  readonly count: DatabaseCount;
  /** Connections for requests, those that hold a lock meanwhile, and those that hold a sandbox's turn. */
  readonly limits?: {
    readonly connections?: number;
    readonly locks?: number;
    readonly turns?: number;
  };
};

/** The database refused a statement, or did not answer. Whether it was carried out is then not known. */
export class DatabaseError extends Error {}

/** A row, by column. */
export type Row = Readonly<Record<string, unknown>>;

/** Sends one statement with its values. `@name` in the text is the table `name` of our schema. */
export type Send = (text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

export type Database = {
  /** One statement in a transaction of its own. */
  readonly send: Send;
  /** Runs `work` in one transaction, which is rolled back if it throws. */
  transaction<T>(work: (send: Send) => Promise<T>): Promise<T>;
  /**
   * As `transaction`, for work that also sends statements outside of it. The connection is not one of those that such
   * statements need, so that transactions that wait for a connection cannot keep each other from getting one.
   */
  around<T>(work: (send: Send) => Promise<T>): Promise<T>;
  /** As `around`, on a connection that may stay idle for long, and whose work may call `around`. */
  hold<T>(work: (send: Send) => Promise<T>): Promise<T>;
  /** Calls `heard` for each notification on a channel, and after each interruption. Returns what stops it. */
  listen(channel: string, heard: () => void): () => void;
  /** Tells who listens to the channel. */
  notify(channel: string): Promise<void>;
  readonly count: DatabaseCount;
  /** Grows when a connection breaks: another server, which may know less, can have taken the place of this one. */
  interruptions(): number;
  connections(): {
    readonly total: number;
    readonly idle: number;
    readonly waiting: number;
  };
  close(): Promise<void>;
};

/** Milliseconds. A server that does not answer must not keep requests for ever. */
const TIMEOUTS = {
  connectionTimeoutMillis: 5_000,
  idleTimeoutMillis: 30_000,
  statement_timeout: 10_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 30_000,
  // In case the network swallows the answer.
  query_timeout: 15_000,
};

/** A turn lasts as long as a world is being built. */
const TURN_TIMEOUTS = {
  ...TIMEOUTS,
  connectionTimeoutMillis: 60_000,
  lock_timeout: 60_000,
  statement_timeout: 65_000,
  query_timeout: 70_000,
  idle_in_transaction_session_timeout: 600_000,
};

/**
 * A connection keeps the plan of a statement. One that was made while the tables were nearly empty reads them whole, and
 * does so until the database gathers statistics, minutes later.
 */
const SETTINGS = 'SET enable_seqscan = off';

const INT8 = 20;

const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    // Our counters stay far below 2^53.
    oid === INT8 ? Number : pgTypes.getTypeParser(oid, format)) as typeof pgTypes.getTypeParser,
};

/** Connects at the first use. */
export function openDatabase(options: DatabaseOptions): Database {
  const { url, schema, count, limits } = options;
  const common = {
    connectionString: url,
    types,
    keepAlive: true,
    application_name: 'license-mock',
  };
  let interruptions = 0;
  const open = (max: number, timeouts: typeof TIMEOUTS): Pool => {
    const opened = new Pool({ ...common, ...timeouts, max, onConnect: prepareConnection });
    // An idle connection that breaks is replaced at the next use.
    opened.on('error', () => (interruptions += 1));
    return opened;
  };
  const pool = open(limits?.connections ?? 10, TIMEOUTS);
  const locks = open(limits?.locks ?? 4, TIMEOUTS);
  const turns = open(limits?.turns ?? 8, TURN_TIMEOUTS);
  const pools = [pool, locks, turns];
  const sumOf = (field: 'totalCount' | 'idleCount' | 'waitingCount'): number =>
    pools.reduce((sum, each) => sum + each[field], 0);
  const state = createStateLog(options);
  const prepare = createPreparation(schema);

  const sendOn =
    (client: Pool | PoolClient): Send =>
    async (text, values = []) => {
      count('round-trip');
      try {
        const { rows } = await client.query<Row>({ ...prepare(text), values: [...values] });
        state.worked();
        return rows;
      } catch (cause) {
        if (isInterruption(cause)) interruptions += 1;
        throw state.failed(cause);
      }
    };

  const transactionOn = async <T>(from: Pool, work: (send: Send) => Promise<T>): Promise<T> => {
    const client = await from.connect().catch((cause: unknown) => {
      throw state.failed(cause);
    });
    // Without it, an error on a connection between two statements would end the process.
    client.on('error', ignoreError);
    const send = sendOn(client);
    let isBroken = true;
    try {
      await send('BEGIN');
      const value = await work(send);
      await send('COMMIT');
      isBroken = false;
      return value;
    } catch (cause) {
      isBroken = await send('ROLLBACK').then(
        () => false,
        () => true,
      );
      throw cause;
    } finally {
      client.off('error', ignoreError);
      client.release(isBroken);
    }
  };

  return {
    count,
    send: sendOn(pool),
    transaction: (work) => transactionOn(pool, work),
    around: (work) => transactionOn(locks, work),
    hold: (work) => transactionOn(turns, work),
    notify: async (channel) => {
      await pool.query(`NOTIFY ${quote(channel)}`);
    },
    listen: (channel, heard) =>
      listenTo(() => new Client({ ...common, ...TIMEOUTS }), quote(channel), heard),
    interruptions: () => interruptions,
    connections: () => ({
      total: sumOf('totalCount'),
      idle: sumOf('idleCount'),
      waiting: sumOf('waitingCount'),
    }),
    async close() {
      await Promise.all(pools.map((each) => each.end()));
    },
  };
}

function ignoreError(): void {}

/** Called for each new connection, before its first statement. */
async function prepareConnection(client: ClientBase): Promise<void> {
  await client.query(SETTINGS);
}

/** True if the connection broke or the server ended it. Else the server has refused the statement, with a SQLSTATE. */
function isInterruption(cause: unknown): boolean {
  const { code } = cause as { readonly code?: unknown };
  return typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code) || /^(?:08|57P)/.test(code);
}

/** Makes a statement of a text, which each connection then parses once. */
function createPreparation(schema: string): (text: string) => { name: string; text: string } {
  const prepared = new Map<string, { name: string; text: string }>();
  return (text) => {
    let statement = prepared.get(text);
    if (!statement) {
      const full = text.replace(/@([a-z]+)/g, `${quote(schema)}.$1`);
      const name = createHash('sha256').update(full).digest('base64url').slice(0, 24);
      prepared.set(text, (statement = { name, text: full }));
    }
    return statement;
  };
}

function quote(name: string): string {
  return escapeIdentifier(name);
}

/** So long nothing must fail before the database counts as well again. */
const WELL_AFTER_MS = 2_000;

/** Logs when the database begins to fail and when it is well again, not each failure between. */
function createStateLog({ log, count }: Pick<DatabaseOptions, 'log' | 'count'>) {
  let failedAt: number | undefined;
  return {
    worked: () => {
      // A database that takes no changes, or no more connections, fails with one statement and not with the next.
      if (failedAt === undefined || performance.now() - failedAt < WELL_AFTER_MS) return;
      failedAt = undefined;
      log('warn', 'The database answers again.');
    },
    failed: (cause: unknown) => {
      count('failure');
      const reason = messageOf(cause);
      if (failedAt === undefined) {
        log(
          'error',
          `The database failed: ${reason}. Further failures are not logged until it answers again.`,
        );
      }
      failedAt = performance.now();
      return new DatabaseError(reason, { cause });
    },
  };
}
