/** What is mocked and on what evidence: operations, the ledger with its switches, and the specs. */
import { lazy } from 'react';
import { SubNav } from '../parts/sub-nav.tsx';
import { Ledger } from './ledger.tsx';
import { Operations } from './operations.tsx';
import './vendors.css';
import type { ViewProps } from '../place.ts';

const Specs = lazy(async () => ({ default: (await import('./specs.tsx')).Specs }));

const SECTIONS = [
  ['operations', 'Operations'],
  ['ledger', 'Ledger'],
  ['specs', 'Specs'],
] as const;

/** `ledger/<row>`, `ledger/of/<vendor>/<operation>`, `<vendor>/<operation>`; `specs` is the first vendor. */
export function Vendors({ place, go }: ViewProps) {
  const [first = 'operations'] = place.rest;
  const section = first === 'operations' || first === 'ledger' ? first : 'specs';
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
