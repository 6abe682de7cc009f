/** What is mocked and on what evidence: operations, the ledger with its switches, the specs, and the live vendors. */
import { lazy } from 'react';
import { SubNav } from '../parts/sub-nav.tsx';
import { Ledger } from './ledger.tsx';
import { Live } from './live.tsx';
import { Operations } from './operations.tsx';
import './vendors.css';
import type { ViewProps } from '../place.ts';

const Specs = lazy(async () => ({ default: (await import('./specs.tsx')).Specs }));

const SECTIONS = [
  ['operations', 'Operations'],
  ['ledger', 'Ledger'],
  ['specs', 'Specs'],
  ['live', 'Live vendor'],
] as const;

/** `live`, `ledger/<row>`, `ledger/of/<vendor>/<operation>`, `<vendor>/<operation>`; `specs` is the first vendor. */
export function Vendors({ place, go }: ViewProps) {
  const [first = 'operations'] = place.rest;
  const section = SECTIONS.find(([id]) => id === first)?.[0] ?? 'specs';
  return (
    <div className="with-sub-nav">
      <SubNav place={place} label="Vendors" sections={SECTIONS} current={section} />
      {section === 'ledger' ? (
        <Ledger place={place} go={go} />
      ) : section === 'specs' ? (
        <Specs place={place} go={go} />
      ) : section === 'live' ? (
        <Live place={place} />
      ) : (
        <Operations place={place} />
      )}
    </div>
  );
}
