/** What a command prints: lines for a person, or JSON for a machine. */
import { MockError } from '../errors.ts';
import type { Given, Option } from '../config.ts';

export const formatOption: Option = {
  name: 'format',
  value: 'human|json',
  default: 'human',
  help: 'lines for a person, or JSON for a machine',
};

/** Prints `value` as JSON, or the lines. Throws `MockError` `bad-option` for a format that is none. */
export function print(given: Given, value: unknown, lines: readonly string[]): void {
  const isJson = isJsonAsked(given);
  process.stdout.write(`${isJson ? JSON.stringify(value, undefined, 2) : lines.join('\n')}\n`);
}

export function isJsonAsked({ format }: Given): boolean {
  if (format === 'json' || format === 'human') return format === 'json';
  throw new MockError(
    'bad-option',
    `--format cannot be "${String(format)}". Choose human or json.`,
  );
}
