/** How the user called this program, for commands that it prints. */
import path from 'node:path';

/** `npm run license-mock --` in a clone; `npx license-mock` where npx started it; else `license-mock`. */
export function ownCommand(): string {
  if (path.extname(import.meta.filename) === '.ts') return 'npm run license-mock --';
  return process.env['npm_command'] === 'exec' ? 'npx license-mock' : 'license-mock';
}
