/** The commands that a document tells people to type. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');

/** The code blocks of a shell; `file` is relative to the root of the repository. */
export function shellBlocks(file: string): readonly string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/^```(?:sh|bash)\n(.*?)^```$/gms)].map(([, block = '']) => block);
}
