/** The statements of the journals. An entry is ignored if its journal has started over. */
import type { Row } from '../../database/database.ts';
import { textArray } from '../../database/text-array.ts';
import type { StoredEntry, WorldId } from '../shared.ts';

/** An entry that is to be added or changed. `number`: grows with each of this replica. */
export type Line = {
  readonly world: WorldId;
  readonly entry: StoredEntry;
  readonly number: number;
};

const LINES = `
  unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::integer[], $9::integer[], $10::text[], $11::text[])
    WITH ORDINALITY AS l (sandbox, journal, number, id, vendor, operation, status, bytes, body, answer, at)
  JOIN @sandboxes s ON s.name = l.sandbox
  JOIN @journals j ON j.sandbox = s.id AND j.identity = l.journal`;

/** A line that was added before is left as it is. */
export const APPEND = `
  INSERT INTO @entries (journal, id, writer, number, vendor, operation, status, bytes, body, answer)
  SELECT j.id, l.id, $1, l.number, l.vendor, l.operation, l.status, l.bytes, l.body, l.answer
  FROM ${LINES} ORDER BY l.at ON CONFLICT DO NOTHING`;

export const CHANGE = `
  UPDATE @entries e SET changer = $1, change = l.number, vendor = l.vendor, operation = l.operation,
    status = l.status, bytes = l.bytes, body = l.body, answer = l.answer
  FROM ${LINES} WHERE e.journal = j.id AND e.id = l.id`;

/** The values of `APPEND` and `CHANGE`. `writer`: the replica's number. */
export function valuesOf(writer: number, lines: readonly Line[]): readonly unknown[] {
  return [
    writer,
    lines.map(({ world }) => world.sandbox),
    lines.map(({ world }) => world.journalId),
    lines.map(({ number }) => number),
    lines.map(({ entry }) => entry.id),
    lines.map(({ entry }) => entry.vendor ?? null),
    lines.map(({ entry }) => entry.operation ?? null),
    lines.map(({ entry }) => entry.status),
    lines.map(({ entry }) => entry.bytes),
    textArray(lines.map(({ entry }) => entry.text)),
    textArray(lines.map(({ entry }) => toColumn(entry.answer))),
  ];
}

/** Adds the counts of a query with the columns `journal` and `count`. */
const DROP = `
  INSERT INTO @drops AS d (journal, count) SELECT journal, count FROM counted
  ON CONFLICT (journal) DO UPDATE SET count = d.count + excluded.count`;

/** Counts entries that are not kept, by sandbox and journal. */
export const SKIP = `
  WITH counted AS (
    SELECT j.id AS journal, l.count
    FROM unnest($1::text[], $2::text[], $3::bigint[]) AS l (sandbox, journal, count)
    JOIN @sandboxes s ON s.name = l.sandbox
    JOIN @journals j ON j.sandbox = s.id AND j.identity = l.journal
  )${DROP}`;

const COLUMNS = 'e.id, e.vendor, e.operation, e.status, e.bytes, e.body, e.answer';

export const FIND = `
  SELECT ${COLUMNS} FROM @entries e JOIN @journals j ON j.id = e.journal JOIN @sandboxes s ON s.id = j.sandbox
  WHERE s.name = $1 AND j.identity = $2 AND e.id = $3`;

export const LIST = `
  SELECT ${COLUMNS} FROM @sandboxes s JOIN @journals j ON j.sandbox = s.id JOIN @entries e ON e.journal = j.id
  WHERE s.name = $1 ORDER BY e.position DESC LIMIT $2`;

/** Entries beyond the bounds count as dropped before they are removed. */
export const DROPPED = `
  SELECT coalesce((SELECT count FROM @drops WHERE journal = j.id), 0) + (
    SELECT count(*) FROM (
      SELECT row_number() OVER newest AS place, sum(bytes) OVER newest AS total
      FROM @entries WHERE journal = j.id WINDOW newest AS (ORDER BY position DESC)
    ) AS placed WHERE place > $2 OR total > $3
  ) AS dropped
  FROM @sandboxes s JOIN @journals j ON j.sandbox = s.id WHERE s.name = $1`;

const REMOVE = `
  gone AS (
    DELETE FROM @entries e USING beyond b WHERE e.position = b.position RETURNING e.journal
  ), counted AS (SELECT journal, count(*) AS count FROM gone GROUP BY journal)${DROP}`;

/** Removes what is beyond the bounds of one sandbox. */
export const PRUNE = `
  WITH beyond AS (
    SELECT position FROM (
      SELECT e.position, row_number() OVER newest AS place, sum(e.bytes) OVER newest AS total
      FROM @sandboxes s JOIN @journals j ON j.sandbox = s.id JOIN @entries e ON e.journal = j.id
      WHERE s.name = $1 WINDOW newest AS (ORDER BY e.position DESC)
    ) AS placed WHERE place > $2 OR total > $3
  ), ${REMOVE}`;

/** Removes what is beyond the bound of all sandboxes together. */
export const PRUNE_ALL = `
  WITH beyond AS (
    SELECT position FROM (
      SELECT position, sum(bytes) OVER (ORDER BY position DESC) AS total FROM @entries
    ) AS placed WHERE total > $1
  ), ${REMOVE}`;

export const CLEAR = `
  WITH cleared AS (
    SELECT j.id FROM @sandboxes s JOIN @journals j ON j.sandbox = s.id WHERE s.name = $1
  ), forgotten AS (
    DELETE FROM @drops d USING cleared c WHERE d.journal = c.id
  )
  DELETE FROM @entries e USING cleared c WHERE e.journal = c.id`;

export const SIZE = `
  SELECT count(*) AS entries, coalesce(sum(bytes), 0)::bigint AS bytes,
    count(DISTINCT journal) AS sandboxes
  FROM @entries`;

/** The last numbers of every replica. */
export const POSITIONS = `
  SELECT r.id AS writer,
    coalesce((SELECT max(number) FROM @entries WHERE writer = r.id), 0) AS added,
    coalesce((SELECT max(change) FROM @entries WHERE changer = r.id), 0) AS changed
  FROM @replicas AS r`;

/** What each writer wrote after a number: 0 if it is not among $1 (writers) and $2 (numbers). */
const newsOf = (writer: string, number: string): string => `
  SELECT w.id AS writer, e.${number} AS number, s.name AS sandbox, s.name = ANY ($3::text[]) AS followed,
    e.id, e.vendor, e.operation, e.status, e.bytes,
    CASE WHEN s.name = ANY ($3::text[]) THEN e.body END AS body,
    CASE WHEN s.name = ANY ($3::text[]) THEN e.answer END AS answer
  FROM (
    SELECT r.id, coalesce(p.number, 0) AS number FROM @replicas AS r
    LEFT JOIN unnest($1::bigint[], $2::bigint[]) AS p (writer, number) ON p.writer = r.id
  ) AS w
  JOIN @entries e ON e.${writer} = w.id AND e.${number} > w.number
  JOIN @journals j ON j.id = e.journal JOIN @sandboxes s ON s.id = j.sandbox
  ORDER BY e.position LIMIT $4`;

export const ADDED = newsOf('writer', 'number');
export const CHANGED = newsOf('changer', 'change').replace(
  'ORDER BY e.position',
  'ORDER BY e.change',
);

/** Which of these sandboxes are there. */
export const THERE = `SELECT name FROM @sandboxes WHERE name = ANY ($1::text[])`;

export function toEntry(row: Row): StoredEntry {
  return {
    id: String(row['id']),
    vendor: textOf(row['vendor']),
    operation: textOf(row['operation']),
    status: Number(row['status']),
    bytes: Number(row['bytes']),
    text: String(row['body']),
    answer: fromColumn(String(row['answer'])),
  };
}

function textOf(value: unknown): string | undefined {
  return value === null ? undefined : String(value);
}

/** PostgreSQL's text holds neither a null character nor half a surrogate pair. JSON has words for them. */
function toColumn(answer: string): string {
  return answer.isWellFormed() && !answer.includes('\0') ? `=${answer}` : JSON.stringify(answer);
}

function fromColumn(column: string): string {
  return column.startsWith('=') ? column.slice(1) : (JSON.parse(column) as string);
}
