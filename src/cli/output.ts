/** What a command prints: lines for a person, or JSON for a machine. */
import { readRequired, type Given, type Option } from '../config/options.ts';
import { oneOf } from '../config/parse-value.ts';

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

export function isJsonAsked(given: Given): boolean {
  return readRequired(given, 'format', oneOf('human', 'json')) === 'json';
}
