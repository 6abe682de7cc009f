/** Completes arguments as people type them to the form that commander reads. */
import type { Command } from 'commander';
import { readSwitch } from '../config/parse-value.ts';

const OF_THE_PROGRAM = new Set(['-h', '--help', '-V', '--version']);

/** Without a command, `license-mock` runs `serve`. */
export function completeArguments(program: Command, args: readonly string[]): string[] {
  const [first] = args;
  const isServe = first === undefined || (first.startsWith('-') && !OF_THE_PROGRAM.has(first));
  return complete(program, isServe ? ['serve', ...args] : args);
}

function complete(command: Command, args: readonly string[]): string[] {
  if (command.commands.length === 0) return completeSwitches(command, args);
  const [name, ...rest] = args;
  const next = command.commands.find((known) => known.name() === name);
  // A command that does something itself, and has commands below it: `journal checkout`, `journal export`.
  if (!next && command.registeredArguments.length > 0) return completeSwitches(command, args);
  if (name === undefined || name.startsWith('-')) return [...args];
  if (name === 'help') return complete(command, [...rest, '--help']);
  // Commander would show help for `chekc --help` instead of refusing `chekc`.
  return next ? [name, ...complete(next, rest)] : [name];
}

/**
 * `--no-cors` becomes `--cors=off`. `--keep` becomes `--keep=on`, because commander would read the next argument as its
 * value. Only a word that means on or off is a value: `--keep off` turns it off.
 */
function completeSwitches(command: Command, args: readonly string[]): string[] {
  const switches = new Set(
    command.options.flatMap(({ optional, long }) => (optional && long !== undefined ? [long] : [])),
  );
  const end = args.indexOf('--');
  return args.map((arg, i) => {
    if (end !== -1 && i >= end) return arg;
    const turnedOff = arg.replace(/^--no-/, '--');
    if (turnedOff !== arg && switches.has(turnedOff)) return `${turnedOff}=off`;
    return switches.has(arg) && readSwitch(args[i + 1] ?? '') === undefined ? `${arg}=on` : arg;
  });
}
