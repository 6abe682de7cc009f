/** Gives a run of the tests a temporary folder of its own, and removes it: tests that are cut short leave nothing. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Called by Vitest before the workers start, which inherit the variable. */
export function setup(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-run-'));
  // Root's PostgreSQL runs as another user, who must get to its data.
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
  // A process that ends with its worker may still clean up.
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
