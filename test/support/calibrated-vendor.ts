/** Calibrates against another license-mock that plays the live vendor. */
import path from 'node:path';
import { calibrate, type Calibrated } from '../../src/calibration/calibrate.ts';
import { findDifferences } from '../../src/calibration/find-differences.ts';
import { createLiveTarget, type LiveVendor } from '../../src/calibration/live-target.ts';
import { playProbe, type Played } from '../../src/calibration/play-probe.ts';
import { loadProbes, type Probes } from '../../src/calibration/probe.ts';
import { createControlClient } from '../../src/client/control-client.ts';
import { openLedger, openVerification } from '../../src/parts.ts';
import { PACKAGE_FOLDER } from '../../src/package-folder.ts';
import { vendors } from '../../src/vendors/index.ts';
import { startTestServer } from './server.ts';

export const ledger = openLedger();
const { served } = await openVerification();

export function probesOf(vendor: string): Probes {
  return loadProbes(path.join(PACKAGE_FOLDER, `specs/probes/${vendor}.yaml`), ledger);
}

/** The headers that the mock's scenarios know. */
export function headersOf(vendor: string): Readonly<Record<string, string>> {
  const found = vendors.find(({ name }) => name === vendor);
  const { example } = found?.introduce(found.scenario.configure({})) ?? {};
  const authorization = example?.headers['authorization'];
  return authorization === undefined ? {} : { authorization };
}

function liveAt(vendor: string, url: string, options: Partial<LiveVendor> = {}): LiveVendor {
  return {
    url,
    headers: headersOf(vendor),
    rate: 10_000,
    maxRequests: 10_000,
    timeoutMs: 10_000,
    signal: new AbortController().signal,
    ...options,
  };
}

/** Plays every probe at both, and says per row what differs, and which step did not succeed. Cleans up nothing. */
export async function compareVendors(
  vendor: string,
  mockUrl: string,
  liveUrl: string,
): Promise<{ readonly played: number; readonly different: readonly object[] }> {
  const probes = probesOf(vendor);
  const [mock, live] = [mockUrl, liveUrl].map((url) => createLiveTarget(liveAt(vendor, url)));
  if (!mock || !live) throw new Error('There are two.');
  const different: object[] = [];
  const steps = probes.probes.filter((probe) => probe.steps);
  for (const [index, probe] of steps.entries()) {
    const given = { run: `lmcompare-${Date.now().toString(36)}-${index}`, params: {} };
    const ours = await playProbe(probe, probes, given, mock);
    const theirs = await playProbe(probe, probes, given, live);
    const differences = findDifferences(ours.seen, theirs.seen);
    const isAlike = differences.length === 0 && endOf(ours) === endOf(theirs);
    if (!isAlike) different.push({ row: probe.row, differences, ends: [ours, theirs].map(endOf) });
  }
  return { played: steps.length, different };
}

/** The step that ended the probe. */
function endOf({ seen, failed }: Played): string {
  return failed === undefined ? `${seen.length} answers` : `${seen.length} answers, then a refusal`;
}

/** `url`: where the vendor answers. `settings`: those of the mock that is calibrated. */
export async function calibrateAgainst(
  vendor: string,
  url: string,
  options: {
    readonly probes?: Probes;
    readonly allowWrites?: boolean;
    readonly maxRequests?: number;
    readonly params?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
    /** A running mock. Default: a new one. */
    readonly mockUrl?: string;
  } = {},
): Promise<Calibrated> {
  const own = options.mockUrl === undefined ? await startTestServer() : undefined;
  const mockUrl = options.mockUrl ?? own?.url ?? '';
  try {
    return await calibrate(
      {
        probes: options.probes ?? probesOf(vendor),
        live: liveAt(vendor, url, {
          ...(options.headers && { headers: options.headers }),
          ...(options.maxRequests !== undefined && { maxRequests: options.maxRequests }),
        }),
        allowWrites: options.allowWrites ?? true,
        params: options.params ?? {},
        version: 'test',
        nowMs: Date.now(),
      },
      {
        served,
        ledger,
        mock: {
          url: mockUrl,
          client: createControlClient({ url: mockUrl, token: undefined }),
          headers: headersOf(vendor),
        },
      },
    );
  } finally {
    await own?.stop();
  }
}

/** A choice for each row of the vendor that has some. Numbers are such that the probes can reach them. */
export function randomSettings(vendor: string, seed: number): Readonly<Record<string, string>> {
  let state = seed >>> 0;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const rows = ledger.rows.filter((row) => row.vendor === vendor && !UNPLAYABLE.has(row.id));
  return Object.fromEntries(
    rows.flatMap(({ id, choices, number }) => {
      if (choices) return [[id, choices[next(choices.length)]?.id ?? '']];
      return number ? [[id, String(Math.max(number.min, 2) + next(8))]] : [];
    }),
  );
}

/** A vendor with a rate limit makes the run wait. */
const UNPLAYABLE = new Set(['TI-RATE-LIMIT']);
