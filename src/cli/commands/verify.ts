/** `license-mock verify`: holds Pact contracts against the specs, the mock and, where named, the live vendor. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openVerification } from '../../parts.ts';
import { titleWidth, renderEnd, renderRow } from '../../contracts/render-text.ts';
import { FORMATS, renderReport } from '../../contracts/render-report.ts';
import type { LiveProvider } from '../../contracts/live-column.ts';
import { spareLoopback } from '../../contracts/proxies.ts';
import { prepareReportFile, writeReportFile } from '../../contracts/report-file.ts';
import { verify, type RunningMock, type VerifyOptions } from '../../contracts/verify.ts';
import { startVerifier } from '../../contracts/verifier.ts';
import { startLicenseMock } from '../../index.ts';
import {
  readOptional,
  readOptions,
  readRequired,
  wrong,
  type Given,
  type Option,
  type Value,
} from '../../config/options.ts';
import {
  oneOf,
  parseSwitch,
  parseText,
  parseToken,
  parseUrl,
  wholeFrom,
} from '../../config/parse-value.ts';
import { readArguments, renderHelp, UsageError, type Command } from '../command.ts';

const TIMEOUT_MS = 30_000;

const options: readonly Option[] = [
  {
    name: 'mock-url',
    value: 'URL',
    default: undefined,
    help: 'a mock that runs; default: one is started',
  },
  {
    name: 'control-token',
    value: 'TOKEN',
    default: undefined,
    help: 'its --control-token, where it has one',
  },
  {
    name: 'provider-url',
    value: 'URL',
    default: undefined,
    help: 'the live vendor, for a third column',
  },
  {
    name: 'provider-header',
    value: "'NAME: VALUE'",
    default: undefined,
    help: 'sent to the live vendor, such as credentials; may be repeated',
    repeats: true,
  },
  {
    name: 'provider-states-url',
    value: 'URL',
    default: undefined,
    help: 'takes provider states of the live vendor; default: interactions with states are skipped there',
  },
  {
    name: 'allow-writes',
    value: '',
    default: 'off',
    help: 'send more than GET and HEAD to the live vendor',
    isSwitch: true,
  },
  { name: 'vendor', value: 'NAME', default: undefined, help: "only this vendor's interactions" },
  {
    name: 'only',
    value: 'TEXT',
    default: undefined,
    help: 'only interactions with this in file, title or states',
  },
  {
    name: 'fail-on',
    value: 'warnings',
    default: undefined,
    help: 'fail also where a vendor only tolerates the request',
  },
  {
    name: 'keep',
    value: '',
    default: 'off',
    help: 'leave each sandbox as the interaction left it',
    isSwitch: true,
  },
  { name: 'format', value: FORMATS.join('|'), default: 'human', help: 'how the report is written' },
  {
    name: 'output',
    value: 'FILE',
    default: undefined,
    help: 'where the report is written; default: standard output',
  },
  {
    name: 'timeout',
    value: 'MS',
    default: String(TIMEOUT_MS),
    help: 'how long one answer may take',
  },
];

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'verify Pact contracts against spec, mock and live vendor',
  help: renderHelp({
    usage: 'verify [files, folders or globs] [options]',
    about:
      'Holds each interaction of Pact files (default: contracts/) against the vendor’s OpenAPI spec, against the\n' +
      'mock in a fresh sandbox, and with --provider-url against the live vendor.\n' +
      'Each option is also read from LICENSE_MOCK_<NAME>, such as LICENSE_MOCK_ONLY; a flag wins.\n' +
      'Exit code 0: all held; 1: something did not, or nothing was verified; 2: wrong use; 3: could not run.',
    options,
    examples: [
      'license-mock verify',
      'license-mock verify pacts/ --vendor ibl --format junit --output report.xml',
      "license-mock verify --provider-url https://ibl.example --provider-header 'Authorization: Api-Token …'",
    ],
  }),
  async run(args) {
    const { flags, positionals } = readArguments(options, args);
    const given = readOptions(options, flags, process.env);
    const format = readRequired(given, 'format', oneOf(...FORMATS));
    const output = readOptional(given, 'output', parseText);
    const verifyOptions = parseOptions(given, positionals);
    if (output !== undefined) prepareReportFile(output);
    spareLoopback(process.env);
    const isShown = format === 'human' || output !== undefined;
    let width = 0;
    const report = await verify(verifyOptions, {
      ...(await openVerification()),
      startMock: () => openMock(given),
      startVerifier,
      onStart: (interactions) => {
        width = titleWidth(interactions);
      },
      onRow: (row) => {
        if (isShown) process.stdout.write(renderRow(row, width));
        else if (process.stderr.isTTY) process.stderr.write(renderRow(row, width));
      },
    });
    if (isShown) process.stdout.write(renderEnd(report));
    if (output !== undefined) writeReportFile(output, renderReport(report, format));
    else if (format !== 'human') process.stdout.write(renderReport(report, format));
    return report.held ? 0 : 1;
  },
};

function parseOptions(given: Given, positionals: readonly string[]): VerifyOptions {
  const failOn = readOptional(given, 'fail-on', oneOf('warnings'));
  return {
    patterns: positionals.length > 0 ? positionals : ['contracts'],
    vendor: readOptional(given, 'vendor', parseText),
    only: readOptional(given, 'only', parseText),
    failOnWarnings: failOn === 'warnings',
    keep: readRequired(given, 'keep', parseSwitch),
    live: parseLive(given),
    timeoutMs: readRequired(given, 'timeout', wholeFrom(1, 3_600_000)),
  };
}

function parseLive(given: Given): LiveProvider | undefined {
  const url = readOptional(given, 'provider-url', parseUrl);
  const { 'provider-header': headers = [] } = given;
  const statesUrl = readOptional(given, 'provider-states-url', parseUrl);
  const allowWrites = readRequired(given, 'allow-writes', parseSwitch);
  if (url === undefined) {
    const forLive = [
      ...headers,
      ...(given['provider-states-url'] ?? []),
      ...(allowWrites ? (given['allow-writes'] ?? []) : []),
    ];
    if (forLive[0] === undefined) return undefined;
    throw new UsageError(
      `${forLive[0].source} is for a live vendor: name it by --provider-url or LICENSE_MOCK_PROVIDER_URL.`,
    );
  }
  return { url, statesUrl, allowWrites, headers: Object.fromEntries(headers.map(parseHeader)) };
}

function parseHeader(header: Value): readonly [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(header.text) ?? [];
  if (name === undefined || value === undefined) throw wrong(header, "Write 'Name: value'");
  return [name.toLowerCase(), value];
}

/** The mock that is named; else one of our own, whose state stays in a folder where it is to be kept. */
async function openMock(given: Given): Promise<RunningMock> {
  const controlToken = readOptional(given, 'control-token', parseToken);
  const url = readOptional(given, 'mock-url', parseUrl);
  if (url !== undefined) return { url, controlToken, stop: () => Promise.resolve() };
  const data = readRequired(given, 'keep', parseSwitch)
    ? mkdtempSync(path.join(tmpdir(), 'license-mock-kept-'))
    : 'memory';
  const mock = await startLicenseMock({ scenario: 'empty', data });
  return {
    url: mock.url,
    controlToken: undefined,
    async stop() {
      await mock.stop();
      if (data !== 'memory') {
        process.stderr.write(
          `The sandboxes are kept. To look at them: license-mock serve --data ${data}\n`,
        );
      }
    },
  };
}
