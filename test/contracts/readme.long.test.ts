/** The README's ten lines from nothing to a red and then a green build, run as they are written. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-consumer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const [, lines = ''] = /^### Run a contract in CI.*?^```sh\n(.*?)^```$/ms.exec(readme) ?? [];

/** In the place of what the first line installs. */
const prelude = `
npm() { :; }
npx() { shift; "$NODE" "$MAIN" "$@"; echo "exit code $?"; }
`;

it('are red, and then green', async () => {
  expect(lines.trim().split('\n')).toHaveLength(10);
  const { stdout } = await promisify(execFile)('sh', ['-c', prelude + lines], {
    cwd: folder,
    env: { ...process.env, NODE: process.execPath, MAIN: path.join(root, 'src/cli/main.js') },
  });
  const [red = '', green = ''] = stdout.split(/(?<=exit code \d\n)/);
  expect(red).toContain('Actual map is missing the following keys: total');
  expect(red).toContain('exit code 1');
  expect(green).toContain('HELD: 1 interaction, 1 held');
  expect(green).toContain('exit code 0');
});
