/** What every command looks like, and how its flags are read. */
import { parseArgs } from 'node:util';
import { messageOf } from '../errors.ts';
import type { Given, Option } from '../config.ts';

export type Command = {
  readonly name: string;
  readonly summary: string;
  /** Shown for `--help`: usage, options, examples. */
  readonly help: string;
  /** Gives the exit code; throws `UsageError` or `MockError`. */
  run(args: readonly string[]): Promise<number>;
};

/** The command was called in a way it does not have. */
export class UsageError extends Error {}

/** Reads flags and positional arguments; throws `UsageError` for a flag that is not known. */
export function readArguments(
  options: readonly Option[],
  args: readonly string[],
): { readonly flags: Given; readonly positionals: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      strict: true,
      options: Object.fromEntries(
        options.map(({ name, repeats, isSwitch }) => [
          name,
          {
            type: isSwitch ? ('boolean' as const) : ('string' as const),
            multiple: repeats ?? false,
          },
        ]),
      ),
    });
    return { flags: values as Given, positionals };
  } catch (cause) {
    throw new UsageError(messageOf(cause).split('. ')[0], { cause });
  }
}

/** A help page: usage, the options as a table, examples. */
export function renderHelp(parts: {
  readonly usage: string;
  readonly about: string;
  readonly options: readonly Option[];
  readonly examples: readonly string[];
}): string {
  const left = parts.options.map(({ name, value }) => `--${name} ${value}`.trimEnd());
  const width = Math.max(0, ...left.map((text) => text.length));
  const rows = parts.options.map(({ help, default: fallback }, i) => {
    const shown = fallback === undefined ? '' : ` (${fallback})`;
    return `  ${(left[i] ?? '').padEnd(width)}  ${help}${shown}`;
  });
  return [
    `Usage: license-mock ${parts.usage}`,
    '',
    parts.about,
    ...(rows.length > 0 ? ['', 'Options:', ...rows] : []),
    '',
    'Examples:',
    ...parts.examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}
