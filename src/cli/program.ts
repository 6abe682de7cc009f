/** All commands. The code of each is loaded only when it runs, which keeps starts fast. */
import { Command } from 'commander';
import { serveOptions } from '../config/serve-config.ts';
import { calibrateOptions } from './calibrate-options.ts';
import {
  exportOptions,
  formatOption,
  journalFilters,
  journalOptions,
  serverOptions,
  tokenOption,
  urlOption,
} from './client-options.ts';
import { defineCommand, renderExamples } from './define-command.ts';
import { showFailures } from './fail.ts';
import { pullOptions } from './pull-options.ts';
import { configOption } from './read-serve-options.ts';
import { readVersion } from '../config/read-version.ts';
import { addScenario } from './scenario-commands.ts';
import { addSandbox } from './sandbox-commands.ts';
import { verifyOptions } from './verify-options.ts';

export function createProgram(): Command {
  const program = new Command('license-mock')
    .usage('[COMMAND] [options]')
    .description(
      'A mock server for the license APIs of learning vendors. It also verifies contracts.\n\n' +
        'Without a command, it runs "serve": "license-mock -p 80" means "license-mock serve -p 80".',
    )
    .version(readVersion(), '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [COMMAND]', "show a command's help")
    .configureHelp({
      subcommandTerm: renderTerm,
      optionDescription: ({ description }) => description,
    })
    .addHelpText('after', `${renderExamples(EXAMPLES)}\n\n${EXIT_CODES}`)
    // An option belongs to the command before it: "journal export" has other options than "journal".
    .enablePositionalOptions()
    .exitOverride();
  showFailures(program);
  addServe(program);
  addVerify(program);
  addCalibrate(program);
  addCheck(program);
  addScenario(program);
  addSandbox(program);
  addJournal(program);
  addPull(program);
  addInit(program);
  addConfig(program);
  return program;
}

const EXAMPLES = [
  'license-mock',
  'license-mock -p 5000 --data memory --scenario empty',
  'license-mock verify contracts/',
  'license-mock help sandbox create',
];

const EXIT_CODES = `Exit codes:
  0  success
  1  a check or verification failed
  2  usage error, such as an unknown option
  3  could not run, for example because no server answers`;

function addServe(program: Command): void {
  defineCommand(program, 'serve', {
    summary: 'run the mock server',
    about:
      'Runs the mock server until it is stopped by Ctrl-C or SIGTERM.\n\n' +
      'Each option has an environment variable, such as LICENSE_MOCK_BODY_LIMIT for --body-limit, and a key in the ' +
      'config file, such as body-limit. The option overrides the variable, which overrides the file. An on|off option ' +
      'can be written as --cors or --no-cors.',
    options: [configOption, ...serveOptions],
    examples: [
      'license-mock serve',
      'license-mock serve --port 0 --data memory --scenario empty',
      'license-mock serve --profile strict --set IBL-PAGE-LINKS=integers',
      'LICENSE_MOCK_PORT=5000 license-mock serve',
      'license-mock serve --data env:DATABASE_URL',
    ],
    runWithFlags: async (flags) => (await import('./commands/serve.ts')).serve(flags),
  });
}

function addJournal(program: Command): void {
  const journal = defineCommand(program, 'journal [SANDBOX]', {
    summary: 'show what a sandbox was sent, and why it refused it',
    about:
      'Shows the requests that a sandbox of a running license-mock received, oldest first, with what was wrong or ' +
      'tolerated. SANDBOX is "default" if you leave it out.',
    options: [...journalOptions, ...serverOptions],
    examples: [
      'license-mock journal',
      'license-mock journal checkout --follow',
      'license-mock journal --status 400 --limit 5',
    ],
    run: async (given, sandbox) =>
      (await import('./commands/journal.ts')).showJournal(given, sandbox),
  });
  journal.enablePositionalOptions();
  defineCommand(journal, 'export [SANDBOX]', {
    summary: 'write a journal as HAR or as Pact contracts',
    about:
      'Writes the requests that a sandbox of a running license-mock received, oldest first. SANDBOX is "default" if ' +
      'you leave it out.\n\n' +
      'har: an HTTP Archive 1.2, to standard output or --output.\n' +
      'pact: a contract for each vendor, in the folder --output (default: contracts), with the requests that the mock ' +
      'answers again as before, in an empty sandbox or in the present state of SANDBOX. That state is written to ' +
      'scenarios/SANDBOX-exported.yaml. "license-mock verify" holds the contracts.\n\n' +
      'Secrets stay redacted.',
    options: [...exportOptions, ...journalFilters, urlOption, tokenOption],
    examples: [
      'license-mock journal export --output journal.har',
      'license-mock journal export checkout --format pact --consumer web-shop',
    ],
    run: async (given, sandbox) =>
      (await import('./commands/journal-export.ts')).exportJournal(given, sandbox),
  });
}

function addPull(program: Command): void {
  defineCommand(program, 'pull <VENDOR>', {
    summary: "write a live vendor's records as a scenario",
    about:
      "Reads the list operations of a live vendor, and writes what they show as a scenario. Nothing of the vendor's is " +
      'changed. It sends one request at a time, and waits where the vendor asks it to.\n\n' +
      '--anonymize gives the same value the same stand-in everywhere, and stand-ins sort as the values did: lists page, ' +
      'sort and filter as before. Counts, dates and flags are kept.',
    options: pullOptions,
    examples: [
      'license-mock pull ibl --url https://ibl.example \\',
      "    --header 'Authorization: Api-Token secret' --anonymize",
      'license-mock --scenario ibl-pulled',
    ],
    run: async (given, vendor) =>
      (await import('./commands/pull.ts')).pullScenario(given, vendor ?? ''),
  });
}

function addInit(program: Command): void {
  defineCommand(program, 'init', {
    summary: 'write a scenario, a test, a contract and a CI job to start from',
    about:
      'Writes scenarios/mine.yaml, test/licenses.test.mjs, contracts/my-app-ibl.json and ' +
      '.github/workflows/licenses.yml into this folder. It never overwrites a file. In a git repository, it adds ' +
      '.license-mock, the folder of the data, to .gitignore.',
    examples: ['npx license-mock init'],
    run: async () => (await import('./commands/init.ts')).init(),
  });
}

function addConfig(program: Command): void {
  defineCommand(program, 'config', {
    summary: 'show the options in force, and where each comes from',
    about:
      'Shows the options that "serve" would use, and the source of each: flag, environment variable, config file or ' +
      'default.\n\n' +
      'The config file is license-mock.config.yaml (or .json, .ts) in this folder or the nearest folder above.',
    options: [configOption, ...serveOptions, formatOption],
    examples: ['license-mock config', 'license-mock config --format json'],
    runWithFlags: async (flags) => (await import('./commands/config.ts')).showConfig(flags),
  });
}

function addVerify(program: Command): void {
  defineCommand(program, 'verify [FILE...]', {
    summary: 'verify Pact contracts against specs, mock and live vendor',
    about:
      "Verifies each interaction of Pact files against the vendor's OpenAPI spec, against the mock in a fresh sandbox " +
      'and, with --provider-url, against the live vendor. FILE is a file, a folder or a glob (default: contracts/).\n\n' +
      'Verification also fails (exit code 1) if nothing was verified.',
    options: verifyOptions,
    renamed: { 'mock-url': 'url', 'control-token': 'token' },
    examples: [
      'license-mock verify',
      'license-mock verify pacts/ --vendor ibl --format junit --output report.xml',
      'license-mock verify --url http://127.0.0.1:4010',
      'license-mock verify --provider-url https://ibl.example \\',
      "    --provider-header 'Authorization: Api-Token secret'",
    ],
    run: async (given, ...files) =>
      (await import('./commands/verify.ts')).verifyAsCommand(given, files),
  });
}

function addCalibrate(program: Command): void {
  defineCommand(program, 'calibrate <VENDOR>', {
    summary: 'find out how a live vendor behaves',
    about:
      'Asks a live vendor the probes of the ledger rows, and finds the choices that answer as it does. Writes a file for ' +
      '"serve --calibration". Reads only, unless --allow-writes is given; everything it creates carries the name of the ' +
      'run and is removed, or listed where that is impossible.\n\n' +
      'One request at a time, at most --rate in a second. It obeys Retry-After, and stops at the first 401 or 403 that ' +
      'no probe expects.',
    options: calibrateOptions,
    examples: [
      'license-mock calibrate ibl --dry-run',
      'license-mock calibrate ibl --url https://ibl.example \\',
      "    --header 'Authorization: Api-Token secret' --param platform_key=acme",
      'license-mock calibrate ibl --url https://ibl.example --check calibration.yaml',
    ],
    run: async (given, vendor) =>
      (await import('./commands/calibrate.ts')).calibrateVendor(given, vendor),
  });
}

function addCheck(program: Command): void {
  defineCommand(program, 'check [FILE...]', {
    summary: 'check scenarios, OpenAPI files, Pact files and the ledger',
    about:
      'Checks files without a server, and reports each fault with its file, line and field. FILE is a file, a glob or a ' +
      'folder (default: scenarios/). In a folder, it checks all YAML and JSON files, and the OpenAPI files of its subfolders.\n' +
      'Beside OpenAPI files, it skips what is nothing that license-mock reads.\n\n' +
      'The content of a file decides its kind: an OpenAPI file, a scenario, a Pact file, the ledger, probes or a calibration.\n\n' +
      'The check also fails (exit code 1) if there was nothing to check.',
    examples: [
      'license-mock check',
      'license-mock check my-scenarios/ contracts/',
      "license-mock check 'specs/*.yaml'",
    ],
    run: async (_given, ...files) => (await import('./commands/check.ts')).check(files),
  });
}

/** Renders `create <NAME>` without `[options]`, because every command has options. */
function renderTerm(command: Command): string {
  const takes = command.registeredArguments.map((each) => {
    const name = each.variadic ? `${each.name()}...` : each.name();
    return each.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...takes].join(' ');
}
