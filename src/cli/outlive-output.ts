/** Lets a command continue if its output cannot be written. */

/**
 * Output that cannot be written is lost, and the command continues to its exit code. If the reader closed the pipe
 * (`license-mock verify | head`), that is intended. Any other reason is reported once on standard error.
 */
export function outliveOutput(): void {
  let isSaid = false;
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' || isSaid) return;
    isSaid = true;
    process.stderr.write(`license-mock: standard output is incomplete: ${message}\n`);
  });
  process.stderr.on('error', () => {
    // There is no output left to report it on.
  });
}
