/** The message and exit code of a failed command. */
import type { Command } from 'commander';
import { ControlError } from '../client/control-error.ts';
import { messageOf, MockError } from '../errors.ts';
import { findSimilar } from '../matching/nearest.ts';

/** The command was called wrongly. */
export class UsageError extends Error {}

const WRONG_USE = new Set<string>(['bad-option', 'bad-sandbox-name', 'invalid-request']);
const WRONG_USE_CODE = 2;
const COULD_NOT_RUN_CODE = 3;

/** Messages name the command. Messages about wrong use also refer to its help. */
export function showFailures(command: Command): Command {
  const name = nameOf(command);
  return command
    .configureOutput({
      outputError: (text, write) =>
        write(`${name}: ${suggestNegated(command, text.replace(/^error: /, ''))}`),
    })
    .showHelpAfterError(`See: ${name} --help`);
}

export function fail(command: Command, thrown: unknown): never {
  const message = messageOf(thrown);
  if (thrown instanceof UsageError || (isExplained(thrown) && WRONG_USE.has(thrown.code))) {
    command.error(message, { exitCode: WRONG_USE_CODE });
  }
  // An unexpected error is shown with its stack.
  const stack = thrown instanceof Error && !isExplained(thrown) ? `\n${thrown.stack ?? ''}` : '';
  return command
    .showHelpAfterError(false)
    .error(`${message}${stack}`, { exitCode: COULD_NOT_RUN_CODE });
}

/** For `--no-kep`, commander itself does not know of `--no-keep`. */
function suggestNegated({ options }: Command, text: string): string {
  const [unknown, name] = /^unknown option '--no-([^']+)'/.exec(text) ?? [];
  if (unknown === undefined || name === undefined) return text;
  const shown = options.filter(({ hidden }) => !hidden);
  const similar = findSimilar(
    name,
    shown.map((option) => option.name()),
  );
  if (similar === undefined) return `${unknown}\n`;
  const isSwitch = shown.some((option) => option.name() === similar && option.optional);
  return `${unknown}\n(Did you mean --${isSwitch ? 'no-' : ''}${similar}?)\n`;
}

/** True if the message alone explains the error. */
function isExplained(thrown: unknown): thrown is MockError | ControlError {
  return thrown instanceof MockError || thrown instanceof ControlError;
}

/** `license-mock sandbox create` */
function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}
