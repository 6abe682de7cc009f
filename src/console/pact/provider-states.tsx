/** All provider states that a scenario serves. One is opened, given its parameters and entered. */
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/session.tsx';
import { QueryState } from '../parts/query-state.tsx';
import { SearchInput } from '../parts/search-input.tsx';
import { hrefOf, type ViewProps } from '../place.ts';
import { StateForm } from './state-form.tsx';

export function ProviderStates({ place, go }: ViewProps) {
  const api = useApi();
  const { data, error } = useQuery({ queryKey: ['scenarios'], queryFn: () => api.listScenarios() });
  const [text, setText] = useState('');
  if (!data) {
    return (
      <div className="page">
        <QueryState error={error} what="the provider states" />
      </div>
    );
  }
  const all = data.scenarios.flatMap((scenario) =>
    scenario.providerStates.map((sentence) => ({ sentence, scenario })),
  );
  const found = all.filter(({ sentence }) =>
    sentence.toLowerCase().includes(text.trim().toLowerCase()),
  );
  const [, opened] = place.rest;
  const state = all.find(({ sentence }) => sentence === opened);
  if (all.length === 0) return <NoStates />;
  return (
    <div className="list-page">
      <div className="toolbar" role="search" aria-label="Provider states">
        <SearchInput label="Search provider states" value={text} onChange={setText} />
        <span className="soft end" role="status">
          {found.length === all.length
            ? `${all.length} states`
            : `${found.length} of ${all.length}`}
        </span>
      </div>
      <div className={`split${state ? ' open' : ''}`}>
        <ul className="row-list" aria-label="Provider states">
          {found.map(({ sentence, scenario }) => (
            <li key={sentence}>
              <a
                className="row-link"
                href={hrefOf({ ...place, rest: ['states', sentence] })}
                aria-current={sentence === opened ? 'true' : undefined}
              >
                <span className="title">
                  <Sentence text={sentence} />
                </span>
                <code className="soft">{scenario.name}</code>
              </a>
            </li>
          ))}
          {found.length === 0 && <li className="empty soft">No state matches.</li>}
        </ul>
        {state && (
          <StateForm
            key={state.sentence}
            sentence={state.sentence}
            scenario={state.scenario}
            place={place}
            onClose={() => go({ ...place, rest: ['states'] })}
          />
        )}
      </div>
    </div>
  );
}

/** The parameters stand out. */
function Sentence({ text }: { readonly text: string }) {
  return text.split(/(\{\w+\})/).map((part, index) =>
    part.startsWith('{') ? (
      <em key={index} className="parameter">
        {part.slice(1, -1)}
      </em>
    ) : (
      part
    ),
  );
}

function NoStates() {
  return (
    <div className="page">
      <div className="empty">
        <h2>No scenario serves a provider state</h2>
        <p>
          A scenario file lists the sentences that it serves, for example in{' '}
          <code>scenarios/one-license.yaml</code>:
        </p>
        <pre className="code">{`providerStates:
  - a program license with external id {externalId} exists
parameters:
  externalId: { type: string, default: PO-7 }
ibl:
  licenses: [{ external_id: '{externalId}' }]`}</pre>
      </div>
    </div>
  );
}
