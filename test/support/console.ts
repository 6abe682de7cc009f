/** The console, built from the sources as they are. */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const page = path.join(root, 'dist/console/index.html');

/** Builds it where a source is newer. Several test files may call it; the first one builds. */
export function buildConsole(): void {
  const sources = globSync(path.join(root, 'src/{console,client}/**/*.{ts,tsx,css,html,js}'));
  const builtMs = existsSync(page) ? statSync(page).mtimeMs : 0;
  if (sources.every((file) => statSync(file).mtimeMs <= builtMs)) return;
  execFileSync(process.execPath, [path.join(root, 'src/console/build.js')], { cwd: root });
}
