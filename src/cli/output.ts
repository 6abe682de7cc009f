/** What a command prints: lines for a person, or JSON for a program. */
import { readRequired, type Given } from '../config/options.ts';
import { oneOf } from '../config/parse-value.ts';

/** Prints `value` as JSON, or the lines. Throws `MockError` `bad-option` for a format that is none. */
export function print(given: Given, value: unknown, lines: readonly string[]): void {
  const isJson = isJsonAsked(given);
  process.stdout.write(`${isJson ? JSON.stringify(value, undefined, 2) : lines.join('\n')}\n`);
}

export function isJsonAsked(given: Given): boolean {
  return readRequired(given, 'format', oneOf('human', 'json')) === 'json';
}

/** Rows as lines, each column but the last as wide as its longest cell. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}
