/** `license-mock sandbox`: looks after the sandboxes of a running server. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createControlClient, type ControlClient } from '../../client/control-client.ts';
import type { SandboxView, StartOptions } from '../../control-api/control-api.ts';
import { messageOf } from '../../errors.ts';
import { readOptional, readRequired, type Given, type Option } from '../../config/options.ts';
import {
  oneOf,
  parseSettings,
  parseText,
  parseToken,
  parseUrl,
  wholeFrom,
} from '../../config/parse-value.ts';
import { renderYaml } from '../../yaml/render-yaml.ts';
import { UsageError } from '../command.ts';
import { formatOption, isJsonAsked, print } from '../output.ts';
import { parseParams } from '../parse-params.ts';
import { alignColumns, createCommandGroup, type Subcommand } from '../subcommand.ts';

const serverOptions: readonly Option[] = [
  {
    name: 'url',
    value: 'URL',
    default: 'http://127.0.0.1:4010',
    help: 'where the server is',
  },
  {
    name: 'token',
    value: 'TOKEN',
    default: undefined,
    help: "the server's --control-token",
    // In the server's own container it is there.
    otherVariable: 'LICENSE_MOCK_CONTROL_TOKEN',
  },
  formatOption,
];

const startOptions: readonly Option[] = [
  { name: 'scenario', value: 'NAME|FILE', default: undefined, help: 'what it starts with' },
  { name: 'seed', value: 'N', default: undefined, help: 'what made-up values follow from' },
  { name: 'clock', value: 'ISO|now', default: undefined, help: 'where its clock stands, or now' },
  {
    name: 'profile',
    value: 'wire|strict',
    default: undefined,
    help: 'tolerate what the vendors tolerate, or refuse it',
  },
  {
    name: 'set',
    value: 'ID=choice',
    default: undefined,
    help: 'choose what a ledger row does; specs/ledger.yaml lists them',
    repeats: true,
  },
  {
    name: 'param',
    value: 'name=value',
    default: undefined,
    help: 'a value for a parameter of the scenario: text, 42, true, or "42" in quotes for text',
    repeats: true,
  },
];

const outputOption: Option = {
  name: 'output',
  value: 'FILE',
  default: undefined,
  help: 'write it there: JSON where the name ends in .json, else YAML',
};

const subcommands: readonly Subcommand[] = [
  {
    name: 'list',
    takes: [],
    summary: 'show all',
    options: serverOptions,
    async run(given) {
      const all = await connect(given).listSandboxes();
      const rows = all.map(({ name, scenario, clock, url }) => [
        name,
        scenario ?? 'not in memory',
        clock ? `${clock.mode} at ${clock.now}` : '',
        url,
      ]);
      print(given, all, alignColumns([['name', 'scenario', 'clock', 'url'], ...rows]));
      return 0;
    },
  },
  {
    name: 'create',
    takes: ['NAME'],
    summary: 'create it, or start it over',
    options: [...serverOptions, ...startOptions],
    async run(given, name = '') {
      const sandbox = await connect(given).startSandbox(name, parseStart(given));
      print(given, sandbox, describeSandbox(sandbox));
      return 0;
    },
  },
  {
    name: 'reset',
    takes: ['NAME'],
    summary: 'put it back to what it was started with',
    options: serverOptions,
    async run(given, name = '') {
      const sandbox = await connect(given).resetSandbox(name);
      print(given, sandbox, describeSandbox(sandbox));
      return 0;
    },
  },
  {
    name: 'export',
    takes: ['NAME'],
    summary: 'write its whole state as a scenario file',
    options: [...serverOptions, outputOption],
    async run(given, name = '') {
      const state = await connect(given).exportState(name);
      const output = readOptional(given, 'output', parseText);
      const isJson = isJsonAsked(given) || /\.json$/i.test(output ?? '');
      const text = isJson ? `${JSON.stringify(state, undefined, 2)}\n` : renderYaml(state);
      if (output === undefined) process.stdout.write(text);
      else {
        writeText(output, text);
        process.stderr.write(`The state of ${name} is in ${output}.\n`);
      }
      return 0;
    },
  },
  {
    name: 'import',
    takes: ['NAME', 'FILE'],
    summary: 'put a state or scenario file (YAML or JSON) in the place of all it has',
    options: serverOptions,
    async run(given, name = '', file = '') {
      const isJson = path.extname(file).toLowerCase() === '.json';
      const sandbox = await connect(given).importState(name, {
        mediaType: isJson ? 'application/json' : 'application/yaml',
        content: readText(file),
      });
      print(given, sandbox, describeSandbox(sandbox));
      return 0;
    },
  },
  {
    name: 'delete',
    takes: ['NAME'],
    summary: 'remove it and all it has',
    options: serverOptions,
    async run(given, name = '') {
      await connect(given).removeSandbox(name);
      print(given, { name, removed: true }, [`${name} is removed.`]);
      return 0;
    },
  },
];

export const sandboxCommand = createCommandGroup({
  name: 'sandbox',
  summary: 'create, reset, export, import and delete sandboxes of a running server',
  about:
    'Looks after the sandboxes of a server that runs. Each option is also read from LICENSE_MOCK_<NAME>, such as\n' +
    'LICENSE_MOCK_URL; a flag wins. Exit code 0: done; 2: wrong use; 3: no server answers, or it could not be done.',
  subcommands,
  examples: [
    'license-mock sandbox list',
    'license-mock sandbox create checkout --scenario empty --clock 2026-01-01T00:00:00Z --set IBL-PAGE-LINKS=integers',
    'license-mock sandbox create paid --scenario program-license --param externalId=acme-1',
    'license-mock sandbox export checkout --output scenarios/checkout.yaml',
    'license-mock sandbox import checkout scenarios/checkout.yaml',
    'license-mock sandbox list --url http://mock.staging:4010 --token "$TOKEN" --format json',
  ],
});

function connect(given: Given): ControlClient {
  return createControlClient({
    url: readRequired(given, 'url', parseUrl),
    token: readOptional(given, 'token', parseToken),
  });
}

/** Only what was given: the rest is as the server was started. */
function parseStart(given: Given): StartOptions {
  const scenario = readOptional(given, 'scenario', parseText);
  const seed = readOptional(given, 'seed', wholeFrom(0, 4_294_967_295));
  const clock = readOptional(given, 'clock', parseText);
  const profile = readOptional(given, 'profile', oneOf('wire', 'strict'));
  const { set = [], param = [] } = given;
  return {
    ...(scenario !== undefined && { scenario }),
    ...(seed !== undefined && { seed }),
    ...(clock !== undefined && { clock }),
    ...(profile !== undefined && { profile }),
    ...(set.length > 0 && { settings: parseSettings(set) }),
    ...(param.length > 0 && { params: parseParams(param) }),
  };
}

function describeSandbox({ name, url, scenario, seed, clock, profile, records }: SandboxView) {
  const counts = Object.entries(records).flatMap(([collection, count]) =>
    count === 0 ? [] : [`${count} ${collection}`],
  );
  return [
    `${name} is at ${url}`,
    ...alignColumns([
      ['scenario', scenario],
      ['seed', String(seed)],
      ['clock', `${clock.mode} at ${clock.now}`],
      ['profile', profile],
      ['records', counts.join(', ') || 'none'],
    ]),
  ];
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new UsageError(`${file} cannot be written: ${messageOf(cause)}`, { cause });
  }
}
