/** Adds a command to commander: options from a table, examples in the help, and exit codes for failures. */
import { Option as Flag, type Command } from 'commander';
import { readOptions, type Flags, type Given, type Option } from '../config/options.ts';
import { fail, showFailures } from './fail.ts';

type Help = {
  /** Shown in the list of commands. */
  readonly summary: string;
  /** Shown in the command's own help. */
  readonly about: string;
  readonly examples: readonly string[];
};

export type Definition = Help & {
  readonly options?: readonly Option[];
  /** Flags of an earlier version, and the flags that replaced them. */
  readonly renamed?: Readonly<Record<string, string>>;
} & (
    | {
        /** `given` holds every option, `names` the other arguments. Returns the exit code. */
        run(given: Given, ...names: readonly string[]): Promise<number>;
      }
    | {
        /** For a command that reads its options itself. Undefined: the flag was not given. */
        runWithFlags(flags: Flags): Promise<number>;
      }
  );

/** `usage` is the name and the arguments, such as `create <NAME>`. */
export function defineCommand(parent: Command, usage: string, definition: Definition): Command {
  const { options = [], renamed = {} } = definition;
  const command = describe(parent.command(usage), definition);
  // If every option has a variable, the help says so once.
  const hasVariables = !options.every(({ variable }) => variable !== undefined);
  const flags = options.map((option) =>
    createFlag(option, describeOption(option, hasVariables), command),
  );
  for (const flag of flags) command.addOption(flag);
  for (const [old, name] of Object.entries(renamed)) command.addOption(refuse(old, name, command));
  command.action(async () => {
    try {
      const written = command.opts<Flags>();
      const given = Object.fromEntries(
        flags.map((flag) => [flag.name(), written[flag.attributeName()]]),
      );
      process.exitCode =
        'run' in definition
          ? await definition.run(readOptions(options, given, process.env), ...command.args)
          : await definition.runWithFlags(given);
    } catch (thrown) {
      fail(command, thrown);
    }
  });
  return command;
}

/** Defines a command that only contains other commands. */
export function defineGroup(parent: Command, name: string, help: Help): Command {
  return describe(parent.command(name).usage('COMMAND [options]'), help);
}

function describe(command: Command, { summary, about, examples }: Help): Command {
  return showFailures(command)
    .summary(summary)
    .description(about)
    .addHelpText('after', renderExamples(examples));
}

export function renderExamples(examples: readonly string[]): string {
  return ['', 'Examples:', ...examples.map((example) => `  ${example}`)].join('\n');
}

function createFlag(option: Option, help: string, command: Command): Flag {
  const { name, short, value, isSwitch } = option;
  const flags = `${short === undefined ? '' : `-${short}, `}--${name}`;
  const flag = new Flag(`${flags} ${isSwitch ? '[on|off]' : `<${value}>`}`, help);
  return flag.argParser((text: string, before: readonly string[] = []) => {
    // Commander would read any next argument as the value.
    const [next = ''] = text.split('=');
    if (next === '--help' || command.options.some(({ long }) => long === next)) {
      command.error(`option '--${name}' needs a value, but ${next} follows.`);
    }
    return [...before, text];
  });
}

/** `hasVariable`: the description mentions the environment variable. */
function describeOption(option: Option, hasVariable: boolean): string {
  const { help, default: value, fallback = value, repeats, variable } = option;
  const notes = [
    ...(fallback === undefined ? [] : [`default: ${fallback}`]),
    ...(repeats ? ['repeatable'] : []),
    ...(variable === undefined || !hasVariable ? [] : [`env: ${variable}`]),
  ];
  return notes.length === 0 ? help : `${help} (${notes.join(', ')})`;
}

function refuse(old: string, name: string, command: Command): Flag {
  return new Flag(`--${old} [VALUE]`)
    .hideHelp()
    .argParser(() => command.error(`--${old} is now called --${name}.`));
}
