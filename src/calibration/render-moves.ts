/** Renders what has moved at a vendor: for people, as JSON, JUnit XML and GitHub annotations. */
import { annotate, escapeXml } from '../contracts/escape-report.ts';
import type { RowCheck } from './find-moves.ts';

export const MOVE_FORMATS = ['human', 'json', 'junit', 'github'] as const;
type MoveFormat = (typeof MOVE_FORMATS)[number];

/** `file`: the earlier calibration. */
export function renderMoves(
  checks: readonly RowCheck[],
  {
    vendor,
    file,
    format,
  }: { readonly vendor: string; readonly file: string; readonly format: MoveFormat },
): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ vendor, file, rows: checks }, null, 2)}\n`;
    case 'junit':
      return renderJunit(checks, vendor);
    case 'github':
      return `${[
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

function renderJunit(checks: readonly RowCheck[], vendor: string): string {
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
  const counts = `tests="${checks.length}" failures="${findMoved(checks).length}" errors="0" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="license-mock calibrate">',
    `  <testsuite name="${escapeXml(vendor)}" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
