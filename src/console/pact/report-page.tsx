/** A report of `license-mock verify`, dropped on the page or chosen: three columns for each interaction. */
import { useId, useState, type DragEvent } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useToasts } from '../parts/toasts.tsx';
import { readReport, type Report } from './read-report.ts';
import { ReportTable } from './report-table.tsx';
import type { ViewProps } from '../place.ts';

const KEY = ['report'];
const COMMAND = 'npx license-mock verify contracts/*.json --format json --output report.json';

export function ReportPage({ place }: ViewProps) {
  const queries = useQueryClient();
  const { attempt } = useToasts();
  const id = useId();
  const [isOver, setIsOver] = useState(false);
  // Kept with the answers of the server, so that it is still there after a look at another view.
  const { data: report } = useQuery<Report | null>({
    queryKey: KEY,
    queryFn: () => queries.getQueryData<Report>(KEY) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const show = (file: File | undefined) =>
    void attempt(async () => {
      if (file) queries.setQueryData(KEY, readReport(await file.text()));
    });
  const drop = {
    onDragOver(event: DragEvent) {
      event.preventDefault();
      setIsOver(true);
    },
    onDragLeave: () => setIsOver(false),
    onDrop(event: DragEvent) {
      event.preventDefault();
      setIsOver(false);
      show(event.dataTransfer.files[0]);
    },
  };
  return (
    <div className={`page drop${isOver ? ' over' : ''}`} {...drop}>
      <div className="page-inner">
        <div className="inline-form">
          <label className="button" htmlFor={id}>
            {report ? 'Open another report…' : 'Open a report…'}
          </label>
          <input
            id={id}
            className="visually-hidden"
            type="file"
            accept=".json,application/json"
            onChange={({ target }) => {
              show(target.files?.[0]);
              target.value = '';
            }}
          />
          <span className="soft">or drop one anywhere on this page</span>
        </div>
        {report ? <ReportTable report={report} place={place} /> : <NoReport />}
      </div>
    </div>
  );
}

function NoReport() {
  return (
    <div className="no-report">
      <h2>No report yet</h2>
      <p>
        A verification holds each interaction of your contracts against the vendor’s spec, against
        the mock and, where there is one, against the live vendor. This command writes its report:
      </p>
      <pre className="code wrap" tabIndex={0}>
        {COMMAND}
      </pre>
      <p className="soft">The page reads the file here. Nothing is sent to the server.</p>
    </div>
  );
}
