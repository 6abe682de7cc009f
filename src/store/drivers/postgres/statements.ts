/** The statements of the driver. All that belongs to one change is one statement: it happens whole or not at all. */
import type { Row, Send } from '../../../database/database.ts';
import { textArray } from '../../../database/text-array.ts';
import type { RecordRow } from './rows.ts';

/** What the database says of a sandbox. */
export type News = {
  readonly id: number;
  readonly version: number;
  /** Removals before this version are forgotten: an older copy must be read anew. */
  readonly floor: number;
  /** What was written since the copy's version. Empty if the copy must be read anew. */
  readonly rows: readonly Row[];
};

/** The version of a copy. Undefined: the sandbox did not exist, or there is no copy. */
export type Known = { readonly id: number | undefined; readonly version: number };

export const NOTHING_KNOWN: Known = { id: undefined, version: 0 };

/** A change, and the version that it was made on. */
export type Commit = {
  readonly name: string;
  readonly known: Known;
  readonly rows: readonly RecordRow[];
  /** The sandbox's journal, if the change says. */
  readonly journal: string | undefined;
};

export const CATCH_UP = `
  SELECT asked.at, s.id, s.version, s.floor, r.collection, r.gone, r.body
  FROM unnest($1::text[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS asked (name, id, version, at)
  JOIN @sandboxes s ON s.name = asked.name
  LEFT JOIN @records r
    ON r.sandbox = asked.id AND s.id = asked.id AND s.floor <= asked.version AND r.version > asked.version`;

/** What is new since each of the copies, in their order. Undefined: there is no such sandbox. */
export async function catchUp(
  send: Send,
  asked: readonly { readonly name: string; readonly known: Known }[],
): Promise<readonly (News | undefined)[]> {
  const rows = await send(CATCH_UP, [
    asked.map(({ name }) => name),
    asked.map(({ known }) => known.id ?? -1),
    asked.map(({ known }) => known.version),
  ]);
  const news: (undefined | (News & { rows: Row[] }))[] = asked.map(() => undefined);
  for (const row of rows) {
    const index = Number(row['at']) - 1;
    const found = (news[index] ??= { ...headOf(row), rows: [] });
    if (row['body'] !== null) found.rows.push(row);
  }
  return news;
}

function headOf(row: Row): Omit<News, 'rows'> {
  return { id: Number(row['id']), version: Number(row['version']), floor: Number(row['floor']) };
}

const PUT = `
  outdated AS (
    DELETE FROM @journals j USING claimed
    WHERE j.sandbox = claimed.id AND j.identity <> $1::text
  ), journal AS (
    INSERT INTO @journals (sandbox, identity)
    SELECT id, $1::text FROM claimed WHERE $1::text IS NOT NULL ON CONFLICT DO NOTHING
  ), stored AS (
    INSERT INTO @records (sandbox, collection, key, version, gone, body)
    SELECT claimed.id, r.collection, r.key, claimed.version, r.gone, r.body
    FROM claimed, unnest($2::text[], $3::text[], $4::boolean[], $5::text[]) AS r (collection, key, gone, body)
    ON CONFLICT (sandbox, collection, key)
    DO UPDATE SET version = excluded.version, gone = excluded.gone, body = excluded.body
  )
  SELECT id, version FROM claimed`;

export const COMMIT_NEXT = `
  WITH claimed AS (
    UPDATE @sandboxes SET version = version + 1 WHERE id = $6 AND version = $7 RETURNING id, version
  ), ${PUT}`;

const COMMIT_FIRST = `
  WITH claimed AS (
    INSERT INTO @sandboxes (name, version, floor) VALUES ($6, 1, 0) ON CONFLICT DO NOTHING
    RETURNING id, version
  ), ${PUT}`;

/** Undefined: somebody else changed the sandbox since, and nothing was stored. */
export async function commit(
  send: Send,
  { name, known, rows, journal }: Commit,
): Promise<{ readonly id: number; readonly version: number } | undefined> {
  const values = [journal ?? null, ...columnsOf(rows)];
  const [claimed] =
    known.id === undefined
      ? await send(COMMIT_FIRST, [...values, name])
      : await send(COMMIT_NEXT, [...values, known.id, known.version]);
  return claimed && { id: Number(claimed['id']), version: Number(claimed['version']) };
}

function columnsOf(rows: readonly RecordRow[]): readonly unknown[] {
  return [
    textArray(rows.map(({ collection }) => collection)),
    textArray(rows.map(({ key }) => key)),
    rows.map(({ gone }) => gone),
    textArray(rows.map(({ body }) => body)),
  ];
}

/**
 * Keeps others from changing the sandbox until the transaction ends. Rows that refer to the sandbox can be added by
 * others: a rate limit is counted on another connection, while the work that holds this lock waits for it. Undefined: it
 * does not exist.
 */
export async function lock(send: Send, name: string): Promise<Omit<News, 'rows'> | undefined> {
  const [row] = await send(
    `SELECT id, version, floor FROM @sandboxes WHERE name = $1 FOR NO KEY UPDATE`,
    [name],
  );
  return row && headOf(row);
}

const ROWS_AT_ONCE = 1_000;

/** Replaces everything, as part of a transaction. */
export async function replaceAll(
  send: Send,
  { name, rows, journal }: Pick<Commit, 'name' | 'rows' | 'journal'>,
): Promise<{ readonly id: number; readonly version: number }> {
  const [row] = await send(
    `INSERT INTO @sandboxes AS s (name, version, floor) VALUES ($1, 1, 1)
     ON CONFLICT (name) DO UPDATE SET version = s.version + 1, floor = s.version + 1
     RETURNING id, version`,
    [name],
  );
  const id = Number(row?.['id']);
  const version = Number(row?.['version']);
  await send(`DELETE FROM @records WHERE sandbox = $1`, [id]);
  await send(`DELETE FROM @windows WHERE sandbox = $1`, [id]);
  await send(`DELETE FROM @journals WHERE sandbox = $1 AND identity IS DISTINCT FROM $2`, [
    id,
    journal ?? null,
  ]);
  if (journal !== undefined) {
    await send(`INSERT INTO @journals (sandbox, identity) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      id,
      journal,
    ]);
  }
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await send(
      `INSERT INTO @records (sandbox, collection, key, version, gone, body)
       SELECT $5, collection, key, $6, gone, body
       FROM unnest($1::text[], $2::text[], $3::boolean[], $4::text[]) AS r (collection, key, gone, body)`,
      [...columnsOf(rows.slice(at, at + ROWS_AT_ONCE)), id, version],
    );
  }
  return { id, version };
}

/** All records of a sandbox, page by page. Others may change it meanwhile: catch up with its version afterwards. */
export async function* readRecords(send: Send, id: number): AsyncGenerator<readonly Row[]> {
  let last: readonly [string, string] = ['', ''];
  for (;;) {
    const rows = await send(
      `SELECT collection, key, gone, body FROM @records
       WHERE sandbox = $1 AND (collection, key) > ($2, $3) AND NOT gone
       ORDER BY collection, key LIMIT ${ROWS_AT_ONCE}`,
      [id, ...last],
    );
    yield rows;
    const end = rows.at(-1);
    if (!end || rows.length < ROWS_AT_ONCE) return;
    last = [String(end['collection']), String(end['key'])];
  }
}

/** Forgets removals. Copies that are behind are then read anew. */
export async function forgetRemovals(send: Send, known: Known): Promise<void> {
  await send(
    `WITH raised AS (
       UPDATE @sandboxes SET floor = $2 WHERE id = $1 AND floor < $2 AND version >= $2 RETURNING id
     )
     DELETE FROM @records r USING raised
     WHERE r.sandbox = raised.id AND r.gone AND r.version <= $2`,
    [known.id, known.version],
  );
}
