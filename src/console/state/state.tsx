/** What the sandbox holds: its records, its snapshots, and the whole as a file. */
import type { ViewProps } from '../place.ts';
import { SubNav } from '../parts/sub-nav.tsx';
import { Files } from './files.tsx';
import { RecordsPage } from './records-page.tsx';
import { Snapshots } from './snapshots.tsx';
import './state.css';

const SECTIONS = [
  ['records', 'Records'],
  ['snapshots', 'Snapshots'],
  ['file', 'Export and import'],
] as const;

export function State({ place, go }: ViewProps) {
  const [section = 'records'] = place.rest;
  return (
    <div className="with-sub-nav">
      <SubNav place={place} label="State" sections={SECTIONS} current={section} />
      {section === 'snapshots' ? (
        <Snapshots place={place} go={go} />
      ) : section === 'file' ? (
        <Files sandbox={place.sandbox} />
      ) : (
        <RecordsPage place={place} go={go} />
      )}
    </div>
  );
}
