/** `license-mock scenario`: the scenario files, without a server. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openLedger, openScenarios, scenarioFolders } from '../../parts.ts';
import { messageOf } from '../../errors.ts';
import { renderYaml } from '../../yaml/render-yaml.ts';
import type { ScenarioDescription, ScenarioLoader } from '../../scenarios/load-scenario.ts';
import { vendors } from '../../vendors/index.ts';
import { UsageError } from '../command.ts';
import { listStates, renderStates } from '../list-states.ts';
import { formatOption, print } from '../output.ts';
import { renderStarter } from '../render-starter.ts';
import { alignColumns, createCommandGroup, type Subcommand } from '../subcommand.ts';

/** Where `new` writes, and where `serve` looks first. */
const FOLDER = 'scenarios';
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

const subcommands: readonly Subcommand[] = [
  {
    name: 'list',
    takes: [],
    summary: 'show all that a sandbox can start with',
    options: [formatOption],
    async run(given) {
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
    },
  },
  {
    name: 'show',
    takes: ['NAME'],
    summary: 'show what one holds, by name or file',
    options: [formatOption],
    async run(given, name = '') {
      const scenario = openLoader().describe(name);
      const fault = scenario.fault === undefined ? [] : [`# cannot be used: ${scenario.fault}`];
      print(given, scenario, [...fault, renderYaml(scenario.document).trimEnd()]);
      return 0;
    },
  },
  {
    name: 'new',
    takes: ['NAME'],
    summary: `write a file to start from, ${FOLDER}/NAME.yaml`,
    options: [formatOption],
    async run(given, name = '') {
      const file = path.join(FOLDER, `${name}.yaml`);
      writeStarter(name, file);
      print(given, { name, file }, [
        `${file} is written. Change it, then:`,
        `  license-mock check ${file}`,
        `  license-mock serve --scenario ${name}`,
      ]);
      return 0;
    },
  },
  {
    name: 'states',
    takes: [],
    summary: 'show every provider state with its parameters, to paste into a consumer test',
    options: [formatOption],
    async run(given) {
      const states = listStates(describeAll(openLoader()));
      print(given, states, renderStates(states));
      return 0;
    },
  },
];

export const scenarioCommand = createCommandGroup({
  name: 'scenario',
  summary: 'list, show and write scenarios, and list provider states',
  about:
    `Scenarios are YAML files in ./${FOLDER} and those that license-mock brings. No server is needed.\n` +
    'Exit code 0: done; 2: wrong use, also where new would overwrite a file; 3: there is no such scenario.',
  subcommands,
  examples: [
    'license-mock scenario list',
    'license-mock scenario show demo',
    'license-mock scenario new spring-term',
    'license-mock scenario states',
    'license-mock scenario states --format json',
  ],
});

function openLoader(): ScenarioLoader {
  return openScenarios(openLedger(), vendors);
}

function describeAll(loader: ScenarioLoader): readonly ScenarioDescription[] {
  return loader.names().map((name) => loader.describe(name));
}

/** Throws `UsageError` where the file is there already, or cannot be written. */
function writeStarter(name: string, file: string): void {
  if (!NAME.test(name)) {
    throw new UsageError(
      `"${name}" is no name for a scenario. Use 1 to 64 of a-z, 0-9 and -, not starting with -.`,
    );
  }
  const text = renderStarter(name, {
    schema: findSchema(file),
    vendors,
    settings: openLedger().defaults,
  });
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    // wx: fails where the file is there, also where somebody writes it at the same moment.
    writeFileSync(file, text, { flag: 'wx' });
  } catch (cause) {
    throw new UsageError(
      existsSync(file)
        ? `${file} is there already. Name another, or remove it first.`
        : `${file} cannot be written: ${messageOf(cause)}`,
      { cause },
    );
  }
}

/** The schema for editors, as seen from the file; undefined: it is nowhere in the project. */
function findSchema(file: string): string | undefined {
  const found = scenarioFolders()
    .map((folder) => path.join(folder, 'scenario.schema.json'))
    .find((schema) => existsSync(schema) && !path.relative('.', schema).startsWith('..'));
  if (found === undefined) return undefined;
  const relative = path.relative(path.dirname(file), found).replaceAll(path.sep, '/');
  return relative.startsWith('.') ? relative : `./${relative}`;
}
