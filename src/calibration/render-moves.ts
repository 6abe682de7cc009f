/** Renders what has moved at a vendor: for people, as JSON, JUnit XML and GitHub annotations. */
import { annotate, escapeXml } from '../contracts/escape-report.ts';
import type { RowCheck } from './find-moves.ts';

const RUN_STOPPED = 'The run ended early.';

export const MOVE_FORMATS = ['human', 'json', 'junit', 'github'] as const;
type MoveFormat = (typeof MOVE_FORMATS)[number];

/** `file`: the earlier calibration. */
export function renderMoves(
  checks: readonly RowCheck[],
  {
    vendor,
    file,
    format,
    stopped,
  }: {
    readonly vendor: string;
    readonly file: string;
    readonly format: MoveFormat;
    /** Why the run ended early. Undefined: it did not. */
    readonly stopped: string | undefined;
  },
): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ vendor, file, stopped, rows: checks }, null, 2)}\n`;
    case 'junit':
      return renderJunit(checks, vendor, stopped);
    case 'github':
      return `${[
        ...(stopped === undefined ? [] : [annotate('error', file, RUN_STOPPED, stopped)]),
        ...findMoved(checks).map(({ row, message }) =>
          annotate('error', file, `${vendor} has moved: ${row}`, message),
        ),
        summarize(checks, vendor),
      ].join('\n')}\n`;
    default:
      return `${[
        ...findMoved(checks).map(
          ({ row, message }) => `  ${row}\n      ${message.replaceAll('\n', '\n      ')}`,
        ),
        summarize(checks, vendor),
      ].join('\n')}\n`;
  }
}

function findMoved(checks: readonly RowCheck[]): readonly RowCheck[] {
  return checks.filter(({ state }) => state === 'moved');
}

function summarize(checks: readonly RowCheck[], vendor: string): string {
  const count = (state: RowCheck['state']) => checks.filter((each) => each.state === state).length;
  return `${vendor}: ${count('moved')} rows moved, ${count('same')} are the same, ${count('not compared')} were not compared`;
}

function renderJunit(
  checks: readonly RowCheck[],
  vendor: string,
  stopped: string | undefined,
): string {
  const cases = checks.map(({ row, state, message }) => {
    const inside =
      state === 'moved'
        ? `<failure message="The vendor has moved.">${escapeXml(message)}</failure>`
        : state === 'same'
          ? ''
          : `<skipped message="${escapeXml(message)}"/>`;
    return `    <testcase name="${row}" classname="${escapeXml(vendor)}">${inside}</testcase>`;
  });
  const skipped = checks.filter(({ state }) => state === 'not compared').length;
  // A run that was cut short must not look as one in which nothing has moved.
  const errors =
    stopped === undefined
      ? []
      : [
          `    <testcase name="the run" classname="${escapeXml(vendor)}"><error message="${RUN_STOPPED}">${escapeXml(stopped)}</error></testcase>`,
        ];
  const counts = `tests="${checks.length + errors.length}" failures="${findMoved(checks).length}" errors="${errors.length}" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="license-mock calibrate">',
    `  <testsuite name="${escapeXml(vendor)}" ${counts}>`,
    ...errors,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
