/** Gives a run of the tests a temporary folder of its own, and removes it: tests that are cut short leave nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Called by Vitest before the workers start, which inherit the variable. */
export function setup(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-run-'));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
