/** `license-mock verify`: verifies Pact contracts against specs, mock and, if named, the live vendor. */
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
import { readOptional, readRequired, type Given } from '../../config/options.ts';
import { parseHeader } from '../../config/parse-header.ts';
import {
  oneOf,
  parseSwitch,
  parseText,
  parseToken,
  parseUrl,
  wholeFrom,
} from '../../config/parse-value.ts';
import { UsageError } from '../fail.ts';

/** Returns the exit code. `files` are files, folders or globs. Default: the files in `contracts`. */
/** For the command: a signal alone would end the process without what is cleaned up at its exit. */
export function verifyAsCommand(given: Given, files: readonly string[]): Promise<number> {
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  return verifyContracts(given, files);
}

export async function verifyContracts(given: Given, files: readonly string[]): Promise<number> {
  const format = readRequired(given, 'format', oneOf(...FORMATS));
  const output = readOptional(given, 'output', parseText);
  const verifyOptions = parseOptions(given, files);
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
}

function parseOptions(given: Given, files: readonly string[]): VerifyOptions {
  const failOn = readOptional(given, 'fail-on', oneOf('warnings'));
  return {
    patterns: files.length > 0 ? files : ['contracts'],
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
      `${forLive[0].source} requires a live vendor. Set its URL with --provider-url or LICENSE_MOCK_PROVIDER_URL.`,
    );
  }
  return { url, statesUrl, allowWrites, headers: Object.fromEntries(headers.map(parseHeader)) };
}

/** Uses the mock that `--url` names, or starts one. With `--keep`, its state stays in a folder. */
async function openMock(given: Given): Promise<RunningMock> {
  const controlToken = readOptional(given, 'token', parseToken);
  const url = readOptional(given, 'url', parseUrl);
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
          `The sandboxes were kept. To inspect them: license-mock serve --data ${data}\n`,
        );
      }
    },
  };
}
