/** Gives a run of the tests a temporary folder of its own, and removes it: tests that are cut short leave nothing. */
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ATTEMPTS = 100;

/** Called by Vitest before the workers start, which inherit the variable. */
export function setup(): () => Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-run-'));
  // Root's PostgreSQL runs as another user, who must get to its data.
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return async () => {
    // A PostgreSQL that ends with its worker still cleans up: what another process removes, `rmSync` may leave.
    for (let attempt = 0; attempt < ATTEMPTS && existsSync(folder); attempt += 1) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
      if (existsSync(folder)) await sleep(50);
    }
  };
}
