/** Renders a verification for machines: JSON, JUnit XML, GitHub annotations. */
import { titleOf } from './contract.ts';
import { annotate, escapeXml } from './escape-report.ts';
import { renderEnd, renderFinding, renderRow, summarize, titleWidth } from './render-text.ts';
import { cellsOf, isFailed, type Cell, type Report, type Row } from './report.ts';

export const FORMATS = ['human', 'json', 'junit', 'github'] as const;
export type Format = (typeof FORMATS)[number];

export function renderReport(report: Report, format: Format): string {
  return renderers[format](report);
}

const renderers: Readonly<Record<Format, (report: Report) => string>> = {
  human: renderHuman,
  json: renderJson,
  junit: renderJunit,
  github: renderGithub,
};

function renderHuman(report: Report): string {
  const width = titleWidth(report.rows.map(({ interaction }) => interaction));
  return report.rows.map((row) => renderRow(row, width)).join('') + renderEnd(report);
}

function renderJson({ rows, ...rest }: Report): string {
  const shown = rows.map(({ interaction, ...row }) => {
    const { file, consumer, vendor, description, states } = interaction;
    return { file, consumer, vendor, description, states, ...row };
  });
  return `${JSON.stringify({ ...rest, rows: shown }, null, 2)}\n`;
}

/** Renders a suite for each file, and a case for each cell. */
function renderJunit(report: Report): string {
  const suites = Map.groupBy(report.rows, ({ interaction }) => interaction.file);
  for (const { file } of report.faults) if (!suites.has(file)) suites.set(file, []);
  const written = [...suites].map(([file, rows]) => {
    const cases = rows.flatMap(renderCases);
    const faults = report.faults
      .filter((fault) => fault.file === file)
      .map(({ message }) =>
        renderCase('is a contract', file, 0, failureOf('cannot be verified', message)),
      );
    const failures = [...cases, ...faults].filter((text) => text.includes('<failure')).length;
    const skippedCount = cases.filter((text) => text.includes('<skipped')).length;
    const counts = `tests="${cases.length + faults.length}" failures="${failures}" errors="0" skipped="${skippedCount}"`;
    const text = [...cases, ...faults].join('\n');
    return `  <testsuite name="${escapeXml(file)}" ${counts}>\n${text}\n  </testsuite>`;
  });
  const seconds = (report.durationMs / 1000).toFixed(3);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="license-mock verify" time="${seconds}">\n${written.join('\n')}\n</testsuites>\n`;
}

function renderCases(row: Row): readonly string[] {
  return cellsOf(row).map(({ column, cell }) => {
    const inside =
      cell.verdict === 'failed'
        ? renderFailure(column, cell)
        : cell.verdict === 'held'
          ? ''
          : `<skipped message="${escapeXml(cell.findings[0]?.message ?? cell.verdict)}"/>`;
    const seconds = column === 'mock' ? row.durationMs / 1000 : 0;
    return renderCase(
      `${titleOf(row.interaction)} [${column}]`,
      row.interaction.file,
      seconds,
      inside,
    );
  });
}

/** The message only counts: a viewer shows it beside the text, which has each finding once. */
function renderFailure(column: string, { findings }: Cell): string {
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  const lines = findings.flatMap((each) => renderFinding(column, each));
  return failureOf(count, lines.map((line) => line.replace(/^ {8}/, '')).join('\n'));
}

function renderCase(name: string, file: string, seconds: number, inside: string): string {
  const attributes = `name="${escapeXml(name)}" classname="${escapeXml(file)}" time="${seconds.toFixed(3)}"`;
  return `    <testcase ${attributes}>${inside}</testcase>`;
}

function failureOf(message: string, text: string): string {
  return `<failure message="${escapeXml(message)}">${escapeXml(text)}</failure>`;
}

/** An annotation for each fault, then the count as the log's last line. */
function renderGithub(report: Report): string {
  const faults = report.faults.map(({ file, message }) =>
    annotate('error', file, 'contract', message),
  );
  const rows = report.rows.flatMap((row) => {
    const { file } = row.interaction;
    return cellsOf(row).flatMap(({ column, cell }) =>
      cell.findings
        .filter(({ severity }) => severity !== 'note')
        .map((finding) => {
          const level =
            cell.verdict === 'failed' && finding.severity === 'error' ? 'error' : 'warning';
          const text = renderFinding(column, finding)
            .map((line) => line.trim())
            .join('\n');
          const isFault = level === 'error' || isFailed(row);
          return annotate(isFault ? 'error' : 'warning', file, titleOf(row.interaction), text);
        }),
    );
  });
  return `${[...faults, ...rows, summarize(report)].join('\n')}\n`;
}
