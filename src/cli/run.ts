/** The command line: runs a command and sets the exit code. */
import { CommanderError } from 'commander';
import { completeArguments } from './complete-arguments.ts';
import { outliveOutput } from './outlive-output.ts';
import { createProgram } from './program.ts';

/** Commander's exit code for wrong use. */
const COMMANDER_FAILED = 1;

/** Exit codes: 0 done or held, 1 a check failed, 2 wrong use, 3 could not run. */
export async function run(args: readonly string[]): Promise<void> {
  outliveOutput();
  await runProgram(args);
}

/** Runs a command without a change to the streams of this process. */
export async function runProgram(args: readonly string[]): Promise<void> {
  const program = createProgram();
  try {
    await program.parseAsync(completeArguments(program, args), { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    process.exitCode = thrown.exitCode === COMMANDER_FAILED ? 2 : thrown.exitCode;
  }
}
