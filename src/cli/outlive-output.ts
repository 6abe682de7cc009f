/** A command outlives its output. */

/**
 * Output that cannot be written is lost, and the command goes on to its exit code. Where the reader of a pipe closed it
 * (`license-mock verify | head`) that is what the reader wanted; any other reason is said once on standard error.
 */
export function outliveOutput(): void {
  let isSaid = false;
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' || isSaid) return;
    isSaid = true;
    process.stderr.write(`license-mock: standard output is incomplete: ${message}\n`);
  });
  process.stderr.on('error', () => {
    // There is nowhere left to say so.
  });
}
