/** `license-mock check`: checks a user's own scenario and spec files without starting a server. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { findShadowed } from '../../http/find-shadowed.ts';
import { checkScenario, loadOwnSpecs } from '../../parts.ts';
import { messageOf } from '../../errors.ts';
import { findSpecFiles, isSpec } from '../../openapi/find-spec-files.ts';
import { loadSpec, type Spec } from '../../openapi/load-spec.ts';
import { readArguments, renderHelp, UsageError, type Command } from '../command.ts';

export const checkCommand: Command = {
  name: 'check',
  summary: 'check scenario and OpenAPI files',
  help: renderHelp({
    usage: 'check [files, folders or globs]',
    about:
      'Checks scenario files (YAML) and OpenAPI files (with "openapi" or "swagger" in them) and names file, line and field\n' +
      'of each fault. Default: scenarios/. Exit code 0: all hold; 1: a fault, or no file found.',
    options: [],
    examples: [
      'license-mock check',
      'license-mock check my-scenarios/',
      "license-mock check 'specs/*.yaml'",
    ],
  }),
  async run(args) {
    const { positionals } = readArguments([], args);
    const files = findFiles(positionals.length > 0 ? positionals : ['scenarios']);
    const specs: Spec[] = [];
    const results = [];
    for (const file of files) results.push({ file, fault: await checkFile(file, specs) });
    const shadowed = specs.length > 0 ? findShadowed([...(await loadOwnSpecs()), ...specs]) : [];
    const faults = results.filter(({ fault }) => fault !== undefined);
    for (const { file, fault } of results) process.stdout.write(`${fault ?? `ok  ${file}`}\n`);
    for (const { reason } of shadowed) process.stdout.write(`note  ${reason}\n`);
    process.stdout.write(`\n${results.length} checked, ${faults.length} with faults\n`);
    if (results.length === 0) process.stderr.write('No file was found to check.\n');
    return results.length > 0 && faults.length === 0 ? 0 : 1;
  },
};

/** Files as given, YAML and JSON files of a folder, what a glob finds; throws `UsageError` where one is not there. */
function findFiles(patterns: readonly string[]): readonly string[] {
  return patterns.flatMap((pattern) => {
    if (existsSync(pattern)) {
      if (!statSync(pattern).isDirectory()) return [pattern];
      const scenarios = globSync(path.join(pattern, '*.{yaml,yml}'));
      return [...new Set([...scenarios, ...findSpecFiles(pattern)])].toSorted();
    }
    const found = globSync(pattern).toSorted();
    if (found.length === 0) throw new UsageError(`There is no file ${pattern}.`);
    return found;
  });
}

/** What is wrong with the file; undefined: nothing. */
async function checkFile(file: string, specs: Spec[]): Promise<string | undefined> {
  try {
    if (isSpec(file)) {
      specs.push(await loadSpec(path.parse(file).name, file));
    } else {
      await checkScenario(readFileSync(file, 'utf8'), file);
    }
    return undefined;
  } catch (thrown) {
    return messageOf(thrown);
  }
}
