/** `license-mock check`: checks a user's files without a server. */
import { existsSync, globSync, statSync } from 'node:fs';
import path from 'node:path';
import { findShadowed } from '../../http/find-shadowed.ts';
import { findSpecFiles } from '../../openapi/find-spec-files.ts';
import { loadSpec } from '../../openapi/load-spec.ts';
import { loadOwnSpecs } from '../../parts.ts';
import { checkFile, isSpecKind, type Checked } from '../check-file.ts';
import { UsageError } from '../fail.ts';

/** Returns the exit code. `patterns` are files, folders or globs. Default: the scenarios. */
export async function check(patterns: readonly string[]): Promise<number> {
  const results: Checked[] = [];
  for (const { file, isNamed, isBesideSpecs } of findFiles(
    patterns.length > 0 ? patterns : ['scenarios'],
  )) {
    const checked = await checkFile(file, isBesideSpecs);
    const isMissed = isNamed && checked.verdict === 'skip';
    const result: Checked = isMissed ? { ...checked, verdict: 'FAIL', faults: [UNKNOWN] } : checked;
    process.stdout.write(render(result));
    results.push(result);
  }
  for (const note of await findNotes(results)) process.stdout.write(`note  ${note}\n`);
  const count = (verdict: Checked['verdict']) =>
    results.filter((checked) => checked.verdict === verdict).length;
  const [held, failed, skipped] = [count('ok'), count('FAIL'), count('skip')];
  const rest = skipped > 0 ? `, ${skipped} skipped` : '';
  process.stdout.write(`\n${held + failed} checked, ${failed} with faults${rest}\n`);
  if (held + failed === 0) process.stderr.write('No files to check.\n');
  return held > 0 && failed === 0 ? 0 : 1;
}

/** Notes on operations that several files have. */
async function findNotes(results: readonly Checked[]): Promise<readonly string[]> {
  const files = results.filter(({ kind, verdict }) => isSpecKind(kind) && verdict === 'ok');
  if (files.length === 0) return [];
  const specs = await Promise.all(files.map(({ file }) => loadSpec(path.parse(file).name, file)));
  const own = await loadOwnSpecs();
  const shipped = new Set(own.map(({ file }) => path.resolve(file)));
  const foreign = specs.filter(({ file }) => !shipped.has(path.resolve(file)));
  return findShadowed([...own, ...foreign]).map(({ reason }) => reason);
}

const UNKNOWN =
  'This is not an OpenAPI file (it has no "openapi"), a Pact file ("consumer" and "provider"), a ledger ("rows"), probes ("vendor" and "probes"), a calibration ("vendor", "rows" and "settings") or a scenario.';

type Found = {
  readonly file: string;
  /** The user named the file, so it must be checkable. It was not only found in a folder. */
  readonly isNamed: boolean;
  /** It was found in a folder of OpenAPI files and is not one itself. */
  readonly isBesideSpecs: boolean;
};

/** Throws `UsageError` if a pattern matches no file. */
function findFiles(patterns: readonly string[]): readonly Found[] {
  return patterns.flatMap((pattern) => {
    const isFolder = statSync(pattern, { throwIfNoEntry: false })?.isDirectory() ?? false;
    const specs = isFolder ? findSpecFiles(pattern) : [];
    const files = isFolder
      ? [...new Set([...globSync(path.join(pattern, '*.{yaml,yml,json}')), ...specs])]
      : existsSync(pattern)
        ? [pattern]
        : globSync(pattern).filter((file) => statSync(file).isFile());
    if (files.length === 0 && !isFolder) throw new UsageError(`File not found: ${pattern}.`);
    return files.toSorted().map((file) => ({
      file,
      isNamed: !isFolder,
      isBesideSpecs: specs.length > 0 && !specs.includes(file),
    }));
  });
}

function render({ verdict, file, kind, faults }: Checked): string {
  const note = verdict === 'skip' ? ', not checked' : '';
  const lines = [
    `${verdict.padEnd(4)}  ${file} (${kind}${note})`,
    ...faults.map((line) => `      ${line}`),
  ];
  return `${lines.join('\n')}\n`;
}
