/** The Pact files that are named: files, the JSON files of folders, what globs find. */
import { existsSync, globSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FileFault } from './contract.ts';

export type FoundFiles = {
  /** Each once, sorted. */
  readonly files: readonly string[];
  readonly faults: readonly FileFault[];
};

/** A name that leads to no file is a fault: it is a contract that nobody would miss. */
export function findContracts(patterns: readonly string[]): FoundFiles {
  const files = new Set<string>();
  const faults: FileFault[] = [];
  for (const pattern of patterns) {
    const found = expand(pattern);
    if (found.length === 0) faults.push({ file: pattern, message: explain(pattern) });
    for (const file of found) files.add(path.normalize(file));
  }
  return { files: [...files].toSorted(), faults };
}

function expand(pattern: string): readonly string[] {
  if (!existsSync(pattern)) return globSync(pattern).filter((file) => statSync(file).isFile());
  return statSync(pattern).isDirectory() ? globSync(path.join(pattern, '**/*.json')) : [pattern];
}

function explain(pattern: string): string {
  const where = existsSync(pattern) ? 'The folder holds no Pact file (*.json)' : 'Nothing is there';
  return `${where}, so that nothing would be verified. Run the consumer tests that write the pacts, or name where they are.`;
}
