/** The columns of a report, and what was found where a cell failed. */
import { useState } from 'react';
import { hrefOf, type Place } from '../place.ts';
import {
  COLUMNS,
  type Cell,
  type Difference,
  type Finding,
  type Report,
  type ReportRow,
} from './read-report.ts';

const CLASSES: Readonly<Record<string, string>> = { held: 'good', failed: 'bad' };

export function ReportTable({ report, place }: { readonly report: Report; readonly place: Place }) {
  const [onlyFailed, setOnlyFailed] = useState(false);
  const failed = report.rows.filter(({ isFailed }) => isFailed);
  const rows = onlyFailed ? failed : report.rows;
  return (
    <section aria-label="Report" className="report">
      <p className={report.held ? 'good' : 'bad'} role="status">
        {report.held
          ? `All ${report.rows.length} interactions hold.`
          : `${failed.length} of ${report.rows.length} interactions fail.`}
      </p>
      {report.faults.map(({ file, message }) => (
        <div key={`${file} ${message}`} className="finding">
          <code className="name">{file}</code>
          <p>{message}</p>
        </div>
      ))}
      <label className="check">
        <input
          type="checkbox"
          checked={onlyFailed}
          onChange={(event) => setOnlyFailed(event.target.checked)}
        />
        Only what failed
      </label>
      <div className="scroll-x">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Interaction</th>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className="verdict">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={`${row.file} ${row.title}`} row={row} place={place} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ row, place }: { readonly row: ReportRow; readonly place: Place }) {
  const told = COLUMNS.flatMap((column) =>
    (row[column]?.findings ?? []).map((finding) => ({ column, finding })),
  );
  return (
    <tr>
      <th scope="row">
        {row.title}
        <span className="soft given">
          {[...row.states.map((state) => `given ${state}`), row.file].join(' · ')}
        </span>
        {(told.length > 0 || row.differences.length > 0) && (
          <details open={row.isFailed}>
            <summary className="soft">{countOf(told.length, row.differences.length)}</summary>
            {told.map(({ column, finding }, index) => (
              <FindingView key={index} column={column} finding={finding} />
            ))}
            {row.differences.map((each) => (
              <DifferenceView key={each.at} difference={each} place={place} />
            ))}
          </details>
        )}
      </th>
      {COLUMNS.map((column) => (
        <td key={column} className="verdict">
          <Verdict cell={row[column]} />
        </td>
      ))}
    </tr>
  );
}

function Verdict({ cell }: { readonly cell: Cell | undefined }) {
  if (!cell) return <span className="soft">not asked</span>;
  return <span className={CLASSES[cell.verdict] ?? 'soft'}>{cell.verdict}</span>;
}

function FindingView({ column, finding }: { readonly column: string; readonly finding: Finding }) {
  const { severity, message, at, expected, actual } = finding;
  const kind = severity === 'error' ? '' : severity === 'warning' ? ' warning' : ' note';
  return (
    <div className={`finding${kind}`}>
      <span>
        <span className="soft">{column}</span> {at !== undefined && <code>{at}</code>}
      </span>
      <p>{message}</p>
      {(expected !== undefined || actual !== undefined) && (
        <dl className="facts mono">
          <dt>expected</dt>
          <dd>{expected ?? 'nothing'}</dd>
          <dt>actual</dt>
          <dd>{actual ?? 'nothing'}</dd>
        </dl>
      )}
    </div>
  );
}

function DifferenceView({
  difference: { at, mock, live, ledger },
  place,
}: {
  readonly difference: Difference;
  readonly place: Place;
}) {
  return (
    <div className="finding note">
      <code>{at}</code>
      <dl className="facts mono">
        <dt>mock</dt>
        <dd>{mock}</dd>
        <dt>live</dt>
        <dd>{live}</dd>
      </dl>
      {ledger !== undefined && (
        <a href={hrefOf({ ...place, view: 'vendors', rest: ['ledger', ledger] })}>{ledger}</a>
      )}
    </div>
  );
}

function countOf(findings: number, differences: number): string {
  const parts = [
    ...(findings > 0 ? [`${findings} ${findings === 1 ? 'finding' : 'findings'}`] : []),
    ...(differences > 0
      ? [`${differences} ${differences === 1 ? 'difference' : 'differences'} between mock and live`]
      : []),
  ];
  return parts.join(', ');
}
