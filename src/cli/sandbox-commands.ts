/** The command `sandbox` and those below it. */
import type { Command } from 'commander';
import { outputOption, serverOptions, startOptions } from './client-options.ts';
import { defineCommand, defineGroup } from './define-command.ts';
import { exportAllOptions, importAllOptions } from './move-options.ts';

const sandboxCode = () => import('./commands/sandbox.ts');

export function addSandbox(program: Command): void {
  const options = serverOptions;
  const group = defineGroup(program, 'sandbox', {
    summary: 'manage the sandboxes of a running server',
    about: 'Manages the sandboxes of a running license-mock.',
    examples: [
      'license-mock sandbox list',
      'license-mock sandbox create checkout --scenario empty',
      'license-mock sandbox list --url http://mock.staging:4010 --token "$TOKEN"',
    ],
  });
  defineCommand(group, 'list', {
    summary: 'list all sandboxes',
    about: 'Lists all sandboxes.',
    options,
    examples: ['license-mock sandbox list', 'license-mock sandbox list --format json'],
    run: async (given) => (await sandboxCode()).listSandboxes(given),
  });
  defineCommand(group, 'create <NAME>', {
    summary: 'create or restart a sandbox',
    about:
      'Creates a sandbox, or restarts it if it exists. The server supplies the options that you leave out.',
    options: [...startOptions, ...options],
    examples: [
      'license-mock sandbox create checkout --scenario empty',
      'license-mock sandbox create frozen --clock 2026-01-01T00:00:00Z',
      'license-mock sandbox create paid --scenario program-license \\',
      '    --param externalId=acme-1 --set IBL-PAGE-LINKS=integers',
    ],
    run: async (given, name) => (await sandboxCode()).createSandbox(given, name),
  });
  defineCommand(group, 'reset <NAME>', {
    summary: 'reset a sandbox to its initial state',
    about: 'Resets a sandbox to its initial state.',
    options,
    examples: ['license-mock sandbox reset checkout'],
    run: async (given, name) => (await sandboxCode()).resetSandbox(given, name),
  });
  defineCommand(group, 'export [NAME]', {
    summary: 'write the state of a sandbox as a scenario, or of all to move them',
    about:
      'Writes the whole state of a sandbox as a scenario.\n\n' +
      '--all writes all sandboxes of a data folder or database into one file, for "sandbox import --all": records, ' +
      'counters, setup, overrides with their counts, snapshots and provider states. Journals and rate limit windows are ' +
      'not moved. Stop a server that uses the folder first; servers on a database can go on.',
    options: [outputOption, ...exportAllOptions, ...options],
    examples: [
      'license-mock sandbox export checkout --output scenarios/checkout.yaml',
      'license-mock sandbox export --all --data .license-mock --output all.ndjson',
    ],
    run: async (given, name) => (await sandboxCode()).exportSandbox(given, name),
  });
  defineCommand(group, 'import [NAME] [FILE]', {
    summary: 'replace the state of a sandbox with a file, or add all of a file',
    about:
      'Replaces the state of a sandbox with an exported state or a scenario (YAML or JSON).\n\n' +
      '--all puts all sandboxes of a file that "sandbox export --all" wrote into a data folder or database. The file is ' +
      'checked first; if it is damaged, or one of its sandboxes is there already, nothing is changed.',
    options: [...importAllOptions, ...options],
    examples: [
      'license-mock sandbox import checkout scenarios/checkout.yaml',
      'license-mock sandbox import --all --data env:DATABASE_URL all.ndjson',
    ],
    run: async (given, name, file) => (await sandboxCode()).importSandbox(given, name, file),
  });
  defineCommand(group, 'upstream <NAME> [VENDOR] [MODE]', {
    summary: 'show or set what a sandbox uses the live vendors for',
    about:
      'Shows what a sandbox uses the live vendors for, or sets it. MODE is mock, proxy, fallback or shadow. The server ' +
      'needs --upstream VENDOR=URL.',
    options,
    examples: [
      'license-mock sandbox upstream checkout',
      'license-mock sandbox upstream checkout ibl shadow',
    ],
    run: async (given, name, vendor, mode) =>
      (await sandboxCode()).useUpstream(given, name, vendor, mode),
  });
  defineCommand(group, 'delete <NAME>', {
    summary: 'delete a sandbox and its state',
    about: 'Deletes a sandbox and its state.',
    options,
    examples: ['license-mock sandbox delete checkout'],
    run: async (given, name) => (await sandboxCode()).deleteSandbox(given, name),
  });
}
