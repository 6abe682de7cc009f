/** Prints the output of a command: lines for people, or JSON for programs. */
import { readRequired, type Given } from '../config/options.ts';
import { oneOf } from '../config/parse-value.ts';

/** Prints `value` as JSON, or the lines. Throws `MockError` `bad-option` for an unknown format. */
export function print(given: Given, value: unknown, lines: readonly string[]): void {
  const isJson = isJsonAsked(given);
  process.stdout.write(`${isJson ? JSON.stringify(value, undefined, 2) : lines.join('\n')}\n`);
}

export function isJsonAsked(given: Given): boolean {
  return readRequired(given, 'format', oneOf('human', 'json')) === 'json';
}

/** Renders rows as lines. Each column except the last is as wide as its longest cell. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}
