/** A command that has commands of its own: `license-mock sandbox create`. */
import { readOptions, type Given, type Option } from '../config/options.ts';
import { readArguments, UsageError, type Command } from './command.ts';

export type Subcommand = {
  readonly name: string;
  /** Names of what it takes beside options, all of them needed: `['NAME', 'FILE']`. */
  readonly takes: readonly string[];
  readonly summary: string;
  readonly options: readonly Option[];
  /** `given` holds every option, `names` exactly what it takes. Gives the exit code. */
  run(given: Given, ...names: readonly string[]): Promise<number>;
};

export function createCommandGroup(parts: {
  readonly name: string;
  readonly summary: string;
  readonly about: string;
  readonly subcommands: readonly Subcommand[];
  readonly examples: readonly string[];
}): Command {
  const { name, summary, subcommands } = parts;
  return {
    name,
    summary,
    help: renderGroupHelp(parts),
    async run([called, ...args]) {
      const subcommand = subcommands.find((known) => known.name === called);
      if (!subcommand) {
        const known = subcommands.map((each) => each.name).join(', ');
        const what = called === undefined ? 'Say what to do' : `There is no "${name} ${called}"`;
        throw new UsageError(`${what}: ${known}.`);
      }
      const { options, takes } = subcommand;
      const { flags, positionals } = readArguments(options, args);
      if (positionals.length !== takes.length) {
        const wanted = takes.length === 0 ? 'nothing beside options' : takes.join(' and ');
        throw new UsageError(`${subcommand.name} takes ${wanted}.`);
      }
      return subcommand.run(readOptions(options, flags, process.env), ...positionals);
    },
  };
}

function renderGroupHelp(parts: Parameters<typeof createCommandGroup>[0]): string {
  const { name, about, subcommands, examples } = parts;
  const usages = subcommands.map(({ name: called, takes }) => [called, ...takes].join(' '));
  const options = new Map(
    subcommands.flatMap((subcommand) => subcommand.options).map((option) => [option.name, option]),
  );
  const users = ({ name: option }: Option): string => {
    const of = subcommands.filter((each) => each.options.some((own) => own.name === option));
    return of.length === subcommands.length ? '' : `${of.map((each) => each.name).join(', ')}: `;
  };
  return [
    `Usage: license-mock ${name} <command> [options]`,
    '',
    about,
    '',
    'Commands:',
    ...alignColumns(subcommands.map((subcommand, i) => [usages[i] ?? '', subcommand.summary])),
    '',
    'Options:',
    ...alignColumns(
      [...options.values()].map((option) => [
        `--${option.name} ${option.value}`,
        `${users(option)}${option.help}${option.default === undefined ? '' : ` (${option.default})`}`,
      ]),
    ),
    '',
    'Examples:',
    ...examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
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
