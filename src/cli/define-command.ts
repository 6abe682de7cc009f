/** How each command is put into commander: options from their table, examples in its help, failures as exit codes. */
import { Option as Flag, type Command } from 'commander';
import { readOptions, type Flags, type Given, type Option } from '../config/options.ts';
import { fail, showFailures } from './fail.ts';

type Help = {
  /** In the list of commands. */
  readonly summary: string;
  /** In the command's own help. */
  readonly about: string;
  readonly examples: readonly string[];
};

export type Definition = Help & {
  readonly options?: readonly Option[];
  /** Flags of an earlier version, and those that took their place. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** `given` holds every option, `names` what stands beside options. Gives the exit code. */
  run(given: Given, ...names: readonly string[]): Promise<number>;
};

/** `usage`: its name and what it takes, such as `create <NAME>`. */
export function defineCommand(parent: Command, usage: string, definition: Definition): void {
  const { options = [], renamed = {} } = definition;
  const command = describe(parent.command(usage), definition);
  // Where each option has one, the help says so once.
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
      process.exitCode = await definition.run(
        readOptions(options, given, process.env),
        ...command.args,
      );
    } catch (thrown) {
      fail(command, thrown);
    }
  });
}

/** A command that only has commands of its own. */
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
    // Commander takes what follows for the value, whatever it is.
    const [next = ''] = text.split('=');
    if (next === '--help' || command.options.some(({ long }) => long === next)) {
      command.error(`option '--${name}' needs a value, but ${next} follows.`);
    }
    return [...before, text];
  });
}

/** `hasVariable`: its environment variable is worth a mention. */
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
