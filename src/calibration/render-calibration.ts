/** Renders a calibration for people: the plan, the verdicts, and what is left at the vendor. */
import { VERDICTS } from '../ledger/calibration-schema.ts';
import type { CalibratedRow, Calibration, Deviation } from '../ledger/calibration.ts';
import type { Planned } from './plan-probes.ts';
import { requestOf } from './probe.ts';

export function renderPlan(planned: readonly Planned[]): string {
  const sent = planned.filter(({ skipped }) => skipped === undefined);
  const requests = sent.reduce((sum, each) => sum + each.requests, 0);
  const lines = planned.flatMap(({ probe, skipped, writes }) => {
    if (skipped !== undefined) return [`  ${probe.row}  skipped: ${skipped}`];
    const steps = (probe.steps ?? []).map((step) => {
      const times = step.repeat === undefined ? '' : ` (${step.repeat} times)`;
      return `      ${requestOf(step)}${times}`;
    });
    return [`  ${probe.row}${writes ? '  writes' : ''}`, ...steps];
  });
  return [
    ...lines,
    '',
    `${sent.length} rows to probe with at most ${requests} requests; ${planned.length - sent.length} skipped. Nothing was sent.`,
    '',
  ].join('\n');
}

export function renderCalibration({ rows, sentences, left }: Calibration): string {
  const all = Object.entries(rows);
  const told = all.filter(([, { verdict }]) => verdict !== 'confirmed' && verdict !== 'not probed');
  const counts = VERDICTS.map(
    (verdict) => `${all.filter(([, row]) => row.verdict === verdict).length} ${verdict}`,
  );
  return [
    ...told.flatMap(([id, row]) => [`  ${id}  ${renderVerdict(row)}`, ...renderDeviations(row)]),
    ...sentences.flatMap(({ row, live }) => [`  ${row}  says: ${live}`]),
    ...(left.length > 0 ? ['', 'Left at the vendor:', ...left.map((each) => `  ${each}`)] : []),
    '',
    counts.join(', '),
    '',
  ].join('\n');
}

function renderVerdict({ verdict, choice, alike }: CalibratedRow): string {
  if (alike) return `${verdict}: ${alike.join(', ')}`;
  if (choice === undefined) return verdict;
  return verdict === 'none fits' ? `${verdict}; nearest: ${choice}` : `${verdict}: ${choice}`;
}

function renderDeviations({ verdict, differs = [] }: CalibratedRow): readonly string[] {
  return verdict === 'none fits' ? differs.map(renderDeviation) : [];
}

function renderDeviation({ kind, at, mock, live }: Deviation): string {
  return `      ${kind} of ${at}: the vendor has ${shorten(live)}, the mock ${shorten(mock)}`;
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
