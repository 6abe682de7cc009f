/** The tables, and their versions. Each change is a step that is run once, by the replica that starts first. */
import { MockError, messageOf } from '../errors.ts';
import type { Database, Send } from './database.ts';

/** The version of the tables that this program writes. */
const VERSION = 1;
/** Programs that need an older version than this no longer work with the tables. */
const WORKS_SINCE = 1;

/** Fixed, because all replicas of a schema must take the same lock. */
const LOCK = 'license-mock tables';

/**
 * Every step first expands what is there, so that replicas of the version before go on. What they need is taken away
 * only in a later version, whose `WORKS_SINCE` says so.
 */
const STEPS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE @sandboxes (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name text COLLATE "C" NOT NULL UNIQUE,
      version bigint NOT NULL,
      floor bigint NOT NULL
    ) WITH (fillfactor = 50)`,
    `CREATE TABLE @records (
      sandbox bigint NOT NULL REFERENCES @sandboxes ON DELETE CASCADE,
      collection text COLLATE "C" NOT NULL,
      key text COLLATE "C" NOT NULL,
      version bigint NOT NULL,
      gone boolean NOT NULL,
      body text NOT NULL,
      PRIMARY KEY (sandbox, collection, key)
    )`,
    `CREATE INDEX ON @records (sandbox, version)`,
    `CREATE TABLE @turns (slot integer PRIMARY KEY)`,
    `INSERT INTO @turns SELECT generate_series(0, 1023)`,
    `CREATE TABLE @journals (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      sandbox bigint NOT NULL REFERENCES @sandboxes ON DELETE CASCADE,
      identity text NOT NULL,
      requests bigint NOT NULL DEFAULT 0,
      UNIQUE (sandbox, identity)
    ) WITH (fillfactor = 50)`,
    // Apart from the requests: who removes entries must not keep others from counting theirs.
    `CREATE TABLE @drops (
      journal bigint PRIMARY KEY REFERENCES @journals ON DELETE CASCADE,
      count bigint NOT NULL
    ) WITH (fillfactor = 50)`,
    `CREATE TABLE @entries (
      position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      journal bigint NOT NULL REFERENCES @journals ON DELETE CASCADE,
      id text NOT NULL,
      writer bigint NOT NULL,
      number bigint NOT NULL,
      changer bigint,
      change bigint,
      vendor text,
      operation text,
      status integer NOT NULL,
      bytes integer NOT NULL,
      body text NOT NULL,
      answer text NOT NULL,
      UNIQUE (journal, id)
    )`,
    // Compressing each entry would take longer than writing it.
    `ALTER TABLE @entries ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN answer SET STORAGE EXTERNAL`,
    // Under load every entry is soon removed again. PostgreSQL's own pace would leave its room unused for long.
    `ALTER TABLE @entries SET (
      autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0,
      toast.autovacuum_vacuum_scale_factor = 0.05, toast.autovacuum_vacuum_cost_delay = 0
    )`,
    `CREATE INDEX ON @entries (journal, position)`,
    `CREATE INDEX ON @entries (writer, number)`,
    `CREATE INDEX ON @entries (changer, change) WHERE changer IS NOT NULL`,
    `CREATE TABLE @windows (
      sandbox bigint NOT NULL REFERENCES @sandboxes ON DELETE CASCADE,
      generation text NOT NULL,
      key text NOT NULL,
      used bigint NOT NULL,
      resets double precision NOT NULL,
      PRIMARY KEY (sandbox, generation, key)
    )`,
    `CREATE TABLE @replicas (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      program text NOT NULL,
      options text NOT NULL,
      seen timestamptz NOT NULL
    )`,
  ],
];

export type Tables = {
  readonly schema: string;
  /** Whether they are made where they are not there. Default: they are. */
  readonly makes?: boolean;
};

/** Creates or updates the tables. Runs `then` under the same lock. Throws `MockError` `data-unusable`. */
export async function prepareTables<T>(
  database: Database,
  tables: Tables,
  then: (send: Send) => Promise<T>,
): Promise<T> {
  const { schema } = tables;
  try {
    return await database.hold(async (send) => {
      await send(`SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))`, [LOCK, schema]);
      await bringUpToDate(send, tables);
      return then(send);
    });
  } catch (cause) {
    if (cause instanceof MockError) throw cause;
    throw new MockError(
      'data-unusable',
      `The schema "${schema}" of the database cannot be used: ${messageOf(cause)}. Check the address and the rights: the user needs CREATE on the database, or a schema that belongs to it.`,
      { cause },
    );
  }
}

async function bringUpToDate(send: Send, { schema, makes = true }: Tables): Promise<void> {
  const [table] = await send(
    `SELECT FROM pg_catalog.pg_tables WHERE schemaname = $1 AND tablename = 'tables'`,
    [schema],
  );
  if (!table && !makes) {
    throw new MockError(
      'data-unusable',
      `The schema "${schema}" of the database holds no data of license-mock. Name the schema that does (--data-schema).`,
    );
  }
  const [there] = await send(`SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1`, [schema]);
  if (!there) await send(`CREATE SCHEMA ${quoted(schema)}`);
  // Who may only read and write can start where all is there.
  if (!table) {
    await send(
      `CREATE TABLE @tables (version integer NOT NULL, since integer NOT NULL, identity text NOT NULL)`,
    );
  }
  const [found] = await send(`SELECT version, since FROM @tables`);
  const version = Number(found?.['version'] ?? 0);
  const since = Number(found?.['since'] ?? 0);
  if (since > VERSION) {
    throw new MockError(
      'data-unusable',
      `The schema "${schema}" was updated by a newer license-mock and needs one of table version ${since} or later; this one has ${VERSION}. Update this replica, or use another schema (--data-schema).`,
    );
  }
  if (version > 0 && version < WORKS_SINCE) {
    throw new MockError(
      'data-unusable',
      `The schema "${schema}" has table version ${version}, which this license-mock no longer updates. Start a version in between first, or use another schema (--data-schema).`,
    );
  }
  for (const statement of STEPS.slice(version).flat()) await send(statement);
  if (version >= VERSION) return;
  await send(
    found
      ? `UPDATE @tables SET version = $1, since = $2`
      : `INSERT INTO @tables VALUES ($1, $2, gen_random_uuid()::text)`,
    [VERSION, WORKS_SINCE],
  );
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
