/** Pact: provider states to enter, and a verification's report to read. */
import { SubNav } from '../parts/sub-nav.tsx';
import { ProviderStates } from './provider-states.tsx';
import { ReportPage } from './report-page.tsx';
import './contracts.css';
import type { ViewProps } from '../place.ts';

const SECTIONS = [
  ['states', 'Provider states'],
  ['report', 'Verification report'],
] as const;

export function Contracts({ place, go }: ViewProps) {
  const [section = 'states'] = place.rest;
  return (
    <div className="with-sub-nav">
      <SubNav place={place} label="Contracts" sections={SECTIONS} current={section} />
      {section === 'report' ? (
        <ReportPage place={place} go={go} />
      ) : (
        <ProviderStates place={place} go={go} />
      )}
    </div>
  );
}
