/** Renders a verification for people: a line for each interaction, followed by its failures (expected and actual). */
import { titleOf, type Interaction } from './contract.ts';
import {
  cellsOf,
  isFailed,
  type Difference,
  type Finding,
  type Report,
  type Row,
} from './report.ts';

const MAX_TITLE = 72;

/** Width of the longest title, so that the columns align. */
export function titleWidth(interactions: readonly Interaction[]): number {
  const longest = Math.max(0, ...interactions.map((each) => titleOf(each).length));
  return Math.min(MAX_TITLE, longest);
}

export function renderRow(row: Row, width: number): string {
  const mark = isFailed(row) ? 'FAIL' : 'ok  ';
  const cells = cellsOf(row).map(({ column, cell }) =>
    `${column} ${cell.verdict === 'failed' ? 'FAILED' : cell.verdict}`.padEnd(15),
  );
  const line = `${mark}  ${titleOf(row.interaction).padEnd(width)}  ${cells.join('  ')}`;
  const findings = cellsOf(row).flatMap(({ column, cell }) =>
    cell.findings.flatMap((finding) => renderFinding(column, finding)),
  );
  return `${[line.trimEnd(), ...findings, ...row.differences.flatMap(renderDifference)].join('\n')}\n`;
}

export function renderFinding(column: string, finding: Finding): readonly string[] {
  const { severity, at, message, expected, actual } = finding;
  const head = [`${column}:`, at, severity === 'error' ? undefined : `(${severity})`, message];
  const pair = [
    ...(expected === undefined ? [] : [`          expected  ${expected}`]),
    ...(actual === undefined ? [] : [`          actual    ${actual}`]),
  ];
  return [`        ${head.filter(Boolean).join(' ')}`, ...pair];
}

function renderDifference({ at, mock, live, ledger }: Difference): readonly string[] {
  const reason =
    ledger === undefined ? 'no row of the ledger explains it' : `explained by ${ledger}`;
  return [
    `        mock and live differ: ${at} (${reason})`,
    `          mock      ${mock}`,
    `          live      ${live}`,
  ];
}

/** Renders the parts that could not be verified, and the count. */
export function renderEnd(report: Report): string {
  const faults = report.faults.map(({ file, message }) => `FAIL  ${file}: ${message}\n`);
  return `${faults.join('')}\n${summarize(report)}\n`;
}

export function summarize({ rows, faults, durationMs, held }: Report): string {
  const failed = rows.filter(isFailed).length;
  const cells = rows.flatMap((row) => cellsOf(row).map(({ cell }) => cell.verdict));
  const count = (verdict: string) => cells.filter((each) => each === verdict).length;
  const parts = [
    `${rows.length} interaction${rows.length === 1 ? '' : 's'}`,
    `${rows.length - failed} held`,
    `${failed} failed`,
    ...(faults.length > 0 ? [`${faults.length} not verifiable`] : []),
    ...(count('not judged') > 0 ? [`${count('not judged')} not judged against the spec`] : []),
    ...(count('skipped') > 0 ? [`${count('skipped')} skipped`] : []),
  ];
  return `${held ? 'HELD' : 'FAILED'}: ${parts.join(', ')} (${(durationMs / 1000).toFixed(1)} s)`;
}
