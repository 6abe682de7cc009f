/** What is mocked and on what evidence: operations, the ledger with its switches, and the specs. */
import { lazy } from 'react';
import type { ViewProps } from '../app.tsx';
import { SubNav } from '../parts/sub-nav.tsx';
import { Ledger } from './ledger.tsx';
import { Operations } from './operations.tsx';
import './vendors.css';

const Specs = lazy(async () => ({ default: (await import('./specs.tsx')).Specs }));

const SECTIONS = [
  ['operations', 'Operations'],
  ['ledger', 'Ledger'],
  ['specs', 'Specs'],
] as const;

export function Vendors({ place, go }: ViewProps) {
  const [section = 'operations'] = place.rest;
  return (
    <div className="with-sub-nav">
      <SubNav place={place} label="Vendors" sections={SECTIONS} current={section} />
      {section === 'ledger' ? (
        <Ledger place={place} go={go} />
      ) : section === 'specs' ? (
        <Specs place={place} go={go} />
      ) : (
        <Operations place={place} />
      )}
    </div>
  );
}
