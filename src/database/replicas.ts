/** The processes that use one schema. They must agree on what they answer. */
import { MockError } from '../errors.ts';
import type { Database, Send } from './database.ts';
import { prepareTables, type Tables } from './tables.ts';

export type Replica = {
  /** Unique in the schema, also among those that are gone. */
  readonly id: number;
  /** Of the schema: the same for all its replicas, and for nobody else. */
  readonly identity: string;
  /** Others need not agree with this one any longer. Never rejects. */
  leave(): Promise<void>;
};

export type ReplicaOptions = {
  /** The program's version. Another version is not compared. */
  readonly program: string;
  /** By name of an option, what all replicas must have alike. */
  readonly agreed: Readonly<Record<string, string>>;
};

const SEEN_EVERY_MS = 5_000;
/** Who was not seen for so long is gone. */
const GONE_AFTER = '20 seconds';
/** Followers of journals need a replica's row for a while after it is gone. */
const FORGET_AFTER = '1 day';

/**
 * Creates or updates the tables, and enters this process.
 * Throws `MockError` `data-unusable`, also where another replica of the same program has other options.
 */
export async function joinReplicas(
  database: Database,
  tables: Tables,
  {
    program,
    agreed,
  }: { readonly program: string; readonly agreed: Readonly<Record<string, string>> },
): Promise<Replica> {
  const { id, identity } = await prepareTables(database, tables, async (send) => {
    await checkAgreement(send, program, agreed);
    await send(`DELETE FROM @replicas WHERE seen < now() - interval '${FORGET_AFTER}'`);
    const [row] = await send(
      `INSERT INTO @replicas (program, options, seen) VALUES ($1, $2, now()) RETURNING id`,
      [program, JSON.stringify(agreed)],
    );
    const [made] = await send(`SELECT identity FROM @tables`);
    return { id: Number(row?.['id']), identity: String(made?.['identity']) };
  });
  // While the database fails, nobody new can join either.
  const see = (): void =>
    void database.send(`UPDATE @replicas SET seen = now() WHERE id = $1`, [id]).catch(() => {});
  const timer = setInterval(see, SEEN_EVERY_MS).unref();
  return {
    id,
    identity,
    async leave() {
      clearInterval(timer);
      await database
        .send(`UPDATE @replicas SET seen = now() - interval '${GONE_AFTER}' WHERE id = $1`, [id])
        .catch(() => {});
    },
  };
}

async function checkAgreement(
  send: Send,
  program: string,
  agreed: Readonly<Record<string, string>>,
): Promise<void> {
  const others = await send(
    `SELECT id, options FROM @replicas
     WHERE program = $1 AND seen > now() - interval '${GONE_AFTER}' ORDER BY id`,
    [program],
  );
  for (const row of others) {
    const theirs = JSON.parse(String(row['options'])) as Readonly<Record<string, string>>;
    const names = [...new Set([...Object.keys(agreed), ...Object.keys(theirs)])];
    const different = names.filter((name) => agreed[name] !== theirs[name]);
    if (different.length === 0) continue;
    throw new MockError(
      'data-unusable',
      `Another replica on this database was started with other options: ${different.join(', ')}. All replicas of a schema must answer alike: start them with the same options, or stop the others first (one that was killed counts for ${GONE_AFTER}).`,
    );
  }
}
