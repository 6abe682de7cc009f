/** Finds Pact files: named files, JSON files in named folders, and matches of globs. */
import { existsSync, globSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FileFault } from './contract.ts';

export type FoundFiles = {
  /** Sorted, without duplicates. */
  readonly files: readonly string[];
  readonly faults: readonly FileFault[];
};

/** A name that matches no file is a fault, because otherwise a missing contract would not be noticed. */
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
  const where = existsSync(pattern)
    ? 'The folder contains no Pact file (*.json)'
    : 'Nothing matches';
  return `${where}, so nothing would be verified. Run the consumer tests that write the pacts, or name their folder.`;
}
