/** `license-mock verify`: holds Pact contracts against the specs, the mock and, where named, the live vendor. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openVerification } from '../../parts.ts';
import { withEnvironment, type Given, type Option } from '../../config.ts';
import { titleWidth, renderEnd, renderRow } from '../../contracts/render-text.ts';
import { FORMATS, renderReport, type Format } from '../../contracts/render-report.ts';
import type { LiveProvider } from '../../contracts/live-column.ts';
import { verify, type RunningMock, type VerifyOptions } from '../../contracts/verify.ts';
import { startVerifier } from '../../contracts/verifier.ts';
import { startLicenseMock } from '../../index.ts';
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
    default: undefined,
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
    default: undefined,
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
    const given = withEnvironment(options, flags, process.env);
    const format = parseFormat(text(given, 'format') ?? 'human');
    const output = text(given, 'output');
    const verifyOptions = parseOptions(given, positionals);
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
    if (output !== undefined) writeFileSync(output, renderReport(report, format));
    else if (format !== 'human') process.stdout.write(renderReport(report, format));
    return report.held ? 0 : 1;
  },
};

function parseOptions(given: Given, positionals: readonly string[]): VerifyOptions {
  const failOn = text(given, 'fail-on');
  if (failOn !== undefined && failOn !== 'warnings') {
    throw new UsageError(`--fail-on cannot be "${failOn}". Write --fail-on warnings.`);
  }
  const timeoutMs = Number(text(given, 'timeout'));
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > 3_600_000) {
    throw new UsageError('--timeout is to be a number of milliseconds from 1 to 3600000.');
  }
  return {
    patterns: positionals.length > 0 ? positionals : ['contracts'],
    vendor: text(given, 'vendor'),
    only: text(given, 'only'),
    failOnWarnings: failOn === 'warnings',
    keep: isOn(given, 'keep'),
    live: parseLive(given),
    timeoutMs,
  };
}

function parseLive(given: Given): LiveProvider | undefined {
  const url = parseUrl(given, 'provider-url');
  const headers = [given['provider-header'] ?? []].flat();
  const statesUrl = parseUrl(given, 'provider-states-url');
  if (url === undefined) {
    if (headers.length > 0 || statesUrl !== undefined || isOn(given, 'allow-writes')) {
      throw new UsageError(
        '--provider-header, --provider-states-url and --allow-writes are for a live vendor: name it by --provider-url.',
      );
    }
    return undefined;
  }
  return {
    url,
    statesUrl,
    allowWrites: isOn(given, 'allow-writes'),
    headers: Object.fromEntries(headers.map(parseHeader)),
  };
}

function parseHeader(header: string): readonly [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(header) ?? [];
  if (name === undefined || value === undefined) {
    throw new UsageError(`--provider-header cannot be "${header}". Write 'Name: value'.`);
  }
  return [name.toLowerCase(), value];
}

function parseUrl(given: Given, name: string): string | undefined {
  const url = text(given, name);
  if (url === undefined || /^https?:$/.test(URL.parse(url)?.protocol ?? '')) return url;
  throw new UsageError(`--${name} cannot be "${url}". Write a URL such as http://127.0.0.1:4010.`);
}

function parseFormat(value: string): Format {
  const found = FORMATS.find((format) => format === value);
  if (found === undefined) {
    throw new UsageError(`--format cannot be "${value}". Choose ${FORMATS.join(', ')}.`);
  }
  return found;
}

function text(given: Given, name: string): string | undefined {
  return given[name] === undefined ? undefined : String(given[name]);
}

function isOn(given: Given, name: string): boolean {
  return given[name] !== undefined && String(given[name]) !== 'false';
}

/** The mock that is named; else one of our own, whose state stays in a folder where it is to be kept. */
async function openMock(given: Given): Promise<RunningMock> {
  const controlToken = text(given, 'control-token');
  const url = parseUrl(given, 'mock-url');
  if (url !== undefined) return { url, controlToken, stop: () => Promise.resolve() };
  const data = isOn(given, 'keep')
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
