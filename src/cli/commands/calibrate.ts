/** `license-mock calibrate`: finds out how a live vendor treats the rows of the ledger. */
import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { calibrate } from '../../calibration/calibrate.ts';
import { findMoves, type RowCheck } from '../../calibration/find-moves.ts';
import type { LiveVendor } from '../../calibration/live-target.ts';
import { planProbes } from '../../calibration/plan-probes.ts';
import { loadProbes, type Probes } from '../../calibration/probe.ts';
import { renderCalibration, renderPlan } from '../../calibration/render-calibration.ts';
import { MOVE_FORMATS, renderMoves } from '../../calibration/render-moves.ts';
import { createControlClient } from '../../client/control-client.ts';
import { readOptional, readRequired, type Given } from '../../config/options.ts';
import { oneOf, parseSwitch, parseText, parseUrl, wholeFrom } from '../../config/parse-value.ts';
import { spareLoopback } from '../../contracts/proxies.ts';
import { prepareReportFile, writeReportFile } from '../../contracts/report-file.ts';
import { startLicenseMock } from '../../index.ts';
import { loadCalibration, type Calibration } from '../../ledger/calibration.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { openLedger, openVerification } from '../../parts.ts';
import { PACKAGE_FOLDER } from '../../package-folder.ts';
import { vendors } from '../../vendors/index.ts';
import { renderYaml } from '../../yaml/render-yaml.ts';
import { UsageError } from '../fail.ts';
import { parseHeader } from '../../config/parse-header.ts';
import { parseParams } from '../parse-params.ts';
import { readVersion } from '../../config/read-version.ts';

/** Returns the exit code. */
export async function calibrateVendor(given: Given, name = ''): Promise<number> {
  const ledger = openLedger();
  const probes = loadProbes(findProbes(name), ledger);
  const params = readParams(given, probes);
  const allowWrites = readRequired(given, 'allow-writes', parseSwitch);
  const { served } = await openVerification();
  const planned = planProbes(probes, { served, ledger, allowWrites });
  if (readRequired(given, 'dry-run', parseSwitch)) {
    process.stdout.write(renderParameters(probes) + renderPlan(planned));
    return 0;
  }
  const live = readLive(given);
  const checked = readOptional(given, 'check', parseText);
  const format = readRequired(given, 'format', oneOf(...MOVE_FORMATS));
  if (checked === undefined && format !== 'human') {
    throw new UsageError(`--format ${format} is for --check.`);
  }
  const before = checked === undefined ? undefined : readEarlier(checked, ledger, name);
  const named = readOptional(given, 'output', parseText);
  const output = named ?? (before ? undefined : 'calibration.yaml');
  if (output !== undefined) prepareReportFile(output);
  spareLoopback(process.env);
  const mock = await startLicenseMock({ scenario: 'empty', journalSize: 0 });
  try {
    const { calibration, requests, stopped } = await calibrate(
      {
        probes,
        live,
        allowWrites,
        params,
        version: readVersion(),
        nowMs: Date.now(),
        ...(before && { known: before.settings }),
      },
      {
        served,
        ledger,
        mock: {
          url: mock.url,
          client: createControlClient({ url: mock.url, token: undefined }),
          headers: credentialsOf(name),
        },
        onProbe: ({ probe }) => {
          if (process.stderr.isTTY) process.stderr.write(`  ${probe.row}\n`);
        },
      },
    );
    const code =
      checked === undefined || !before
        ? tellCalibration(
            { calibration, requests, isWhole: stopped === undefined },
            output ?? 'calibration.yaml',
          )
        : tellMoves(
            findMoves(before, calibration),
            { vendor: name, file: checked, format, stopped },
            output,
          );
    if (stopped === undefined) return code;
    process.stderr.write(`The run ended early. ${stopped}\n`);
    return 3;
  } finally {
    await mock.stop();
  }
}

/** A run that ended early must not take the place of one that did not. */
function tellCalibration(
  {
    calibration,
    requests,
    isWhole,
  }: { readonly calibration: Calibration; readonly requests: number; readonly isWhole: boolean },
  output: string,
): number {
  const isProbed = Object.values(calibration.rows).some(({ verdict }) => verdict !== 'not probed');
  const isWritten = isWhole || (isProbed && !existsSync(output));
  if (isWritten) writeReportFile(output, renderYaml(calibration));
  process.stdout.write(renderCalibration(calibration));
  const where = isWritten
    ? `Written to ${output}`
    : `Nothing was written${existsSync(output) ? `: ${output} is as it was` : ''}.`;
  process.stdout.write(`${requests} requests sent. ${where}\n`);
  return 0;
}

/** As `verify` does: the report goes to the file, and people read the other form of it. */
function tellMoves(
  checks: readonly RowCheck[],
  shown: Parameters<typeof renderMoves>[1],
  output: string | undefined,
): number {
  const report = renderMoves(checks, shown);
  if (output !== undefined) writeReportFile(output, report);
  const forPeople = { ...shown, format: 'human' } as const;
  process.stdout.write(output === undefined ? report : renderMoves(checks, forPeople));
  const isCompared = checks.some(({ state }) => state !== 'not compared');
  return isCompared && !checks.some(({ state }) => state === 'moved') ? 0 : 1;
}

function findProbes(vendor: string): string {
  const files = globSync('specs/probes/*.yaml', { cwd: PACKAGE_FOLDER });
  const found = files.find((file) => path.parse(file).name === vendor);
  if (found !== undefined) return path.join(PACKAGE_FOLDER, found);
  const names = files.map((file) => path.parse(file).name).toSorted();
  throw new UsageError(`There are no probes of "${vendor}". Choose ${names.join(', ')}.`);
}

function readParams(given: Given, { parameters, vendor }: Probes): Record<string, string> {
  const params = Object.entries(parseParams(given['param'] ?? []));
  const unknown = params.find(([name]) => !parameters[name]);
  if (unknown) {
    const names = Object.keys(parameters).join(', ');
    throw new UsageError(
      `The probes of ${vendor} have no parameter "${unknown[0]}". Known: ${names}.`,
    );
  }
  return Object.fromEntries(params.map(([name, value]) => [name, String(value)]));
}

function renderParameters({ parameters }: Probes): string {
  const lines = Object.entries(parameters).map(
    ([name, { default: usual, about }]) => `  --param ${name}=${usual}  ${about}\n`,
  );
  return `${lines.join('')}\n`;
}

/** Ctrl-C ends the run after the request under way; what was created is then removed. */
function readLive(given: Given): LiveVendor {
  const url = readOptional(given, 'url', parseUrl);
  if (url === undefined) throw new UsageError('Name the live vendor with --url.');
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interrupted.abort());
  return {
    url,
    headers: Object.fromEntries((given['header'] ?? []).map(parseHeader)),
    rate: readRequired(given, 'rate', wholeFrom(1, 1000)),
    maxRequests: readRequired(given, 'max-requests', wholeFrom(1, 1_000_000)),
    timeoutMs: readRequired(given, 'timeout', wholeFrom(1, 3_600_000)),
    signal: interrupted.signal,
  };
}

function readEarlier(file: string, ledger: Ledger, vendor: string): Calibration {
  const earlier = loadCalibration(file, ledger);
  if (earlier.vendor === vendor) return earlier;
  throw new UsageError(`${file} is a calibration of ${earlier.vendor}, not of ${vendor}.`);
}

/** Headers that the scenarios of the mock accept. */
function credentialsOf(name: string): Readonly<Record<string, string>> {
  const vendor = vendors.find((each) => each.name === name);
  const { example } = vendor?.introduce(vendor.scenario.configure({})) ?? {};
  const authorization = example?.headers['authorization'];
  return authorization === undefined ? {} : { authorization };
}
