/** Calibrates the mock: asks a live vendor every probe, and finds the choices that answer as it does. */
import type { ServedVendor } from '../contracts/judge.ts';
import type { Calibration, CalibratedRow } from '../ledger/calibration.ts';
import type { Ledger, Settings } from '../ledger/ledger.ts';
import { describeRow, sentencesOf } from './describe-row.ts';
import type { Values } from './fill-step.ts';
import { createLiveTarget, type LiveVendor } from './live-target.ts';
import { createMockPlayer, type Mock } from './mock-target.ts';
import { planProbes, type Planned } from './plan-probes.ts';
import { probeLive } from './probe-live.ts';
import type { Probes } from './probe.ts';
import { settleRows } from './settle-rows.ts';

export type CalibrateOptions = {
  readonly probes: Probes;
  readonly live: LiveVendor;
  readonly allowWrites: boolean;
  /** Values for the placeholders of the probes. */
  readonly params: Values;
  readonly version: string;
  readonly nowMs: number;
  /** Choices of the vendor that are known: for rows that are not probed. */
  readonly known?: Settings;
};

export type CalibrateParts = {
  readonly served: readonly ServedVendor[];
  readonly ledger: Ledger;
  readonly mock: Mock;
  readonly onProbe?: (planned: Planned) => void;
};

export type Calibrated = {
  readonly calibration: Calibration;
  readonly requests: number;
  /** Why it ended early. Undefined: it did not. */
  readonly stopped: string | undefined;
};

export async function calibrate(
  { probes, live: vendor, allowWrites, params, version, nowMs, known = {} }: CalibrateOptions,
  { served, ledger, mock, onProbe = () => {} }: CalibrateParts,
): Promise<Calibrated> {
  const given = { run: `lmcal-${nowMs.toString(36)}`, params };
  const planned = planProbes(probes, { served, ledger, allowWrites });
  const live = createLiveTarget(vendor);
  const { answered, notProbed, left, stopped } = await probeLive(
    planned,
    probes,
    given,
    live,
    onProbe,
  );
  const settled = await settleRows(answered, ledger, createMockPlayer(mock, probes, given), {
    unprobed: planned.filter(({ skipped }) => skipped !== undefined).map(({ probe }) => probe.row),
    known,
  });
  const rows = planned.map(({ probe: { row } }): readonly [string, CalibratedRow] => {
    const judged = settled.rows.get(row);
    const answer = answered.find(({ probe }) => probe.row === row);
    if (judged && answer) return [row, describeRow(judged, ledger.defaults[row], answer)];
    const shown = settled.shown.get(row);
    if (shown) {
      const fits = { verdict: 'fits', choice: shown.choice, differences: [] } as const;
      return [row, describeRow(fits, ledger.defaults[row], shown.by)];
    }
    return [row, { verdict: 'not probed', why: notProbed.get(row) ?? '' }];
  });
  const found = new Map(rows);
  return {
    requests: live.sent(),
    stopped,
    calibration: {
      vendor: probes.vendor,
      date: new Date(nowMs).toISOString().slice(0, 10),
      versions: { 'license-mock': version },
      settings: Object.fromEntries(
        Object.entries(settled.settings).filter(([row]) => found.get(row)?.verdict !== 'none fits'),
      ),
      rows: Object.fromEntries(rows),
      sentences: [...settled.rows].flatMap(([row, judged]) => sentencesOf(row, judged)),
      left,
    },
  };
}
