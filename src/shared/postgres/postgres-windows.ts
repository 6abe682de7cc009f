/** Rate limit windows that all replicas count in. */
import type { Database } from '../../database/database.ts';
import type { Window, Windows, WorldId } from '../shared.ts';
import { EARLY_MS } from '../windows.ts';

export type PostgresWindows = {
  count(
    world: WorldId,
    key: string,
    window: { readonly windowMs: number; readonly now: number },
  ): Promise<Window>;
  all(sandbox: string, generation: string): Promise<Windows>;
  put(sandbox: string, generation: string, windows: Windows): Promise<void>;
};

/** Maximum number of windows per world. */
const MAX_WINDOWS = 1_000;
/** How many uses this replica counts before it removes windows beyond the maximum. */
const COUNTS_PER_CLEANING = 500;

const IS_OPEN = `$4::float8 < w.resets AND w.resets - $4::float8 <= $5::float8 + ${EARLY_MS}`;

/** The same rules as in `windows.ts`: $5 is the window's length, $4 the time. */
const COUNT = `
  INSERT INTO @windows AS w (sandbox, generation, key, used, resets)
  SELECT id, $2, $3, 1, $4::float8 + $5::float8 FROM @sandboxes WHERE name = $1
  ON CONFLICT (sandbox, generation, key) DO UPDATE SET
    used = CASE WHEN ${IS_OPEN} THEN w.used + 1 ELSE 1 END,
    resets = CASE WHEN ${IS_OPEN} THEN w.resets ELSE excluded.resets END
  RETURNING used, resets`;

const CLEAN = `
  DELETE FROM @windows w USING (
    SELECT sandbox, generation, key,
      row_number() OVER (PARTITION BY sandbox, generation ORDER BY resets DESC) AS place
    FROM @windows
  ) AS placed
  WHERE (w.sandbox, w.generation, w.key) = (placed.sandbox, placed.generation, placed.key)
    AND placed.place > ${MAX_WINDOWS}`;

export function createPostgresWindows({ send, transaction }: Database): PostgresWindows {
  let counted = 0;
  return {
    async count({ sandbox, generation }, key, { windowMs, now }) {
      const [row] = await send(COUNT, [sandbox, generation, JSON.stringify(key), now, windowMs]);
      counted += 1;
      // If it fails, the next one does it.
      if (counted % COUNTS_PER_CLEANING === 0) send(CLEAN).catch(() => {});
      // The sandbox is gone: the request will find out.
      if (!row) return { used: 1, resetsAt: now + windowMs };
      return { used: Number(row['used']), resetsAt: Number(row['resets']) };
    },
    async all(sandbox, generation) {
      const rows = await send(
        `SELECT w.key, w.used, w.resets FROM @windows w JOIN @sandboxes s ON s.id = w.sandbox
         WHERE s.name = $1 AND w.generation = $2`,
        [sandbox, generation],
      );
      return Object.fromEntries(
        rows.map((row) => [
          String(JSON.parse(String(row['key']))),
          { used: Number(row['used']), resetsAt: Number(row['resets']) },
        ]),
      );
    },
    async put(sandbox, generation, windows) {
      const list = Object.entries(windows);
      await transaction(async (within) => {
        await within(
          `DELETE FROM @windows w USING @sandboxes s WHERE s.name = $1 AND w.sandbox = s.id`,
          [sandbox],
        );
        await within(
          `INSERT INTO @windows (sandbox, generation, key, used, resets)
           SELECT s.id, $2, w.key, w.used, w.resets FROM @sandboxes s,
             unnest($3::text[], $4::bigint[], $5::float8[]) AS w (key, used, resets)
           WHERE s.name = $1`,
          [
            sandbox,
            generation,
            list.map(([key]) => JSON.stringify(key)),
            list.map(([, { used }]) => used),
            list.map(([, { resetsAt }]) => resetsAt),
          ],
        );
      });
    },
  };
}
