/** What every command looks like, and how its flags are read. */
import { parseArgs } from 'node:util';
import { messageOf } from '../errors.ts';
import type { Flags, Option } from '../config/options.ts';

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
): { readonly flags: Flags; readonly positionals: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: giveSwitchesValues(options, args),
      allowPositionals: true,
      strict: true,
      options: Object.fromEntries(
        options.map(({ name, repeats }) => [
          name,
          { type: 'string' as const, multiple: repeats ?? false },
        ]),
      ),
    });
    return { flags: values as Flags, positionals };
  } catch (cause) {
    throw new UsageError(messageOf(cause).split('. ')[0], { cause });
  }
}

/** `--keep` becomes `--keep=true`: `parseArgs` has no option whose value can be left out. */
function giveSwitchesValues(options: readonly Option[], args: readonly string[]): string[] {
  const bare = new Set(options.flatMap(({ name, isSwitch }) => (isSwitch ? [`--${name}`] : [])));
  const end = args.indexOf('--');
  return args.map((arg, i) => (bare.has(arg) && (end === -1 || i < end) ? `${arg}=true` : arg));
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
