/** `license-mock scenario`: works on scenario files, without a server. Each function returns the exit code. */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openLedger, openScenarios, scenarioFolders } from '../../parts.ts';
import { messageOf } from '../../errors.ts';
import { renderYaml } from '../../yaml/render-yaml.ts';
import type { ScenarioDescription, ScenarioLoader } from '../../scenarios/load-scenario.ts';
import { vendors } from '../../vendors/index.ts';
import type { Given } from '../../config/options.ts';
import { UsageError } from '../fail.ts';
import { listStates, renderStates } from '../list-states.ts';
import { alignColumns, print } from '../output.ts';
import { renderStarter } from '../render-starter.ts';
import { makeFolderOf } from '../../contracts/make-folder.ts';

/** The folder that `new` writes to and `serve` searches first. */
const FOLDER = 'scenarios';
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

export async function listScenarios(given: Given): Promise<number> {
  const all = describeAll(openLoader());
  const rows = all.map(({ name, description, fault }) => [
    name,
    fault === undefined ? description : `cannot be used: ${fault}`,
  ]);
  print(
    given,
    all.map(({ document: _content, ...rest }) => rest),
    alignColumns([['name', 'description'], ...rows]),
  );
  return 0;
}

export async function showScenario(given: Given, name: string): Promise<number> {
  const scenario = openLoader().describe(name);
  const fault = scenario.fault === undefined ? [] : [`# cannot be used: ${scenario.fault}`];
  print(given, scenario, [...fault, renderYaml(scenario.document).trimEnd()]);
  return 0;
}

export async function newScenario(given: Given, name: string): Promise<number> {
  const file = path.join(FOLDER, `${name}.yaml`);
  writeStarter(name, file);
  print(given, { name, file }, [
    `Wrote ${file}. Change it, then:`,
    `  license-mock check ${file}`,
    `  license-mock serve --scenario ${name}`,
  ]);
  return 0;
}

export async function showStates(given: Given): Promise<number> {
  const states = listStates(describeAll(openLoader()));
  print(given, states, renderStates(states));
  return 0;
}

function openLoader(): ScenarioLoader {
  return openScenarios(openLedger(), vendors);
}

function describeAll(loader: ScenarioLoader): readonly ScenarioDescription[] {
  return loader.names().map((name) => loader.describe(name));
}

/** Throws `UsageError` if the file already exists or cannot be written. */
export function writeStarter(name: string, file: string): void {
  if (!NAME.test(name)) {
    throw new UsageError(
      `"${name}" is not a valid scenario name. Use 1 to 64 of a-z, 0-9 and "-", and do not start with "-".`,
    );
  }
  const text = renderStarter(name, {
    schema: findSchema(file),
    vendors,
    settings: openLedger().defaults,
  });
  try {
    makeFolderOf(file);
    // wx: fails if the file exists, even if somebody writes it at the same moment.
    writeFileSync(file, text, { flag: 'wx' });
  } catch (cause) {
    throw new UsageError(
      existsSync(file)
        ? `${file} already exists. Choose another name, or remove the file first.`
        : `${file} cannot be written: ${messageOf(cause)}`,
      { cause },
    );
  }
}

/** Path of the schema for editors, relative to the file; undefined if the project has none. */
function findSchema(file: string): string | undefined {
  const found = scenarioFolders()
    .map((folder) => path.join(folder, 'scenario.schema.json'))
    .find((schema) => existsSync(schema) && !path.relative('.', schema).startsWith('..'));
  if (found === undefined) return undefined;
  const relative = path.relative(path.dirname(file), found).replaceAll(path.sep, '/');
  return relative.startsWith('.') ? relative : `./${relative}`;
}
