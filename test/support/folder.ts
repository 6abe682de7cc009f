/** A folder for one test file, removed when its tests are done. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

export function testFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
