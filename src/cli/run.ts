/** The command line: finds the command and turns its outcome into an exit code. */
import { ControlError } from '../client/control-error.ts';
import { messageOf, MockError } from '../errors.ts';
import { UsageError, type Command } from './command.ts';
import { outliveOutput } from './outlive-output.ts';

/** Each is loaded where it is asked for: what verifies contracts is a part of the start that serving needs not pay. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  scenario: async () => (await import('./commands/scenario.ts')).scenarioCommand,
  sandbox: async () => (await import('./commands/sandbox.ts')).sandboxCommand,
  verify: async () => (await import('./commands/verify.ts')).verifyCommand,
};

/** 0 held, 1 a check failed, 2 wrong use, 3 could not run. */
export async function run(args: readonly string[]): Promise<number> {
  outliveOutput();
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === 'help') {
    const stream = name === undefined ? process.stderr : process.stdout;
    stream.write(await overview());
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? await commands[name]?.() : undefined;
  if (!command) {
    process.stderr.write(`There is no command "${name}".\n\n${await overview()}`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(command.help);
    return 0;
  }
  try {
    return await command.run(rest);
  } catch (thrown) {
    process.stderr.write(`license-mock ${name}: ${messageOf(thrown)}\n`);
    if (thrown instanceof UsageError || isWrongUse(thrown)) {
      process.stderr.write(`See: license-mock ${name} --help\n`);
      return 2;
    }
    if (!isExplained(thrown) && thrown instanceof Error) {
      process.stderr.write(`${thrown.stack ?? ''}\n`);
    }
    return 3;
  }
}

/** Its message says all; what else is thrown is a fault of ours, and shown with where it came from. */
function isExplained(thrown: unknown): thrown is MockError | ControlError {
  return thrown instanceof MockError || thrown instanceof ControlError;
}

const WRONG_USE = new Set<string>(['bad-option', 'bad-sandbox-name', 'invalid-request']);

function isWrongUse(thrown: unknown): boolean {
  return isExplained(thrown) && WRONG_USE.has(thrown.code);
}

async function overview(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const width = Math.max(...all.map(({ name }) => name.length));
  const lines = all.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `license-mock <command> [options]\n\n${lines.join('\n')}\n\nlicense-mock <command> --help says more.\n`;
}
