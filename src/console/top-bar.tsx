/** The views, the sandbox that they show, its clock, and whether the server answers. */
import { useSandbox } from './api/use-queries.ts';
import { useJournal } from './api/use-journal.tsx';
import { SandboxPicker } from './parts/sandbox-picker.tsx';
import { hrefOf, type Place } from './place.ts';
import { views } from './views.ts';
import { useFailures } from './use-failures.ts';

export const TITLES: Readonly<Record<string, string>> = {
  traffic: 'Traffic',
  state: 'State',
  time: 'Time',
  overrides: 'Overrides',
  vendors: 'Vendors',
  contracts: 'Contracts',
};

const CONNECTION = {
  connecting: 'Connecting',
  connected: 'Connected',
  reconnecting: 'The server does not answer. Trying again.',
  refused: 'No access',
  missing: 'No such sandbox',
} as const;

export function TopBar({
  place,
  go,
}: {
  readonly place: Place;
  readonly go: (place: Place) => void;
}) {
  const { connection } = useJournal();
  useFailures(place.view === 'traffic');
  return (
    <header className="top">
      <a className="brand" href={hrefOf({ ...place, view: 'traffic', rest: [] })}>
        <Mark />
        license-mock
      </a>
      <nav className="nav" aria-label="Views">
        {views.map((view) => (
          <a
            key={view}
            href={hrefOf({ ...place, view, rest: [] })}
            aria-current={view === place.view ? 'page' : undefined}
          >
            {TITLES[view]}
          </a>
        ))}
      </nav>
      <div className="top-end">
        <SandboxPicker place={place} go={go} />
        <ClockLabel sandbox={place.sandbox} />
        <span
          className={`connection${connection === 'connected' ? '' : ' off'}`}
          role="status"
          aria-live="polite"
        >
          {CONNECTION[connection]}
        </span>
      </div>
    </header>
  );
}

/** What the sandbox's clock shows, if that is not the real time. */
function ClockLabel({ sandbox }: { readonly sandbox: string }) {
  const { data, dataUpdatedAt } = useSandbox(sandbox);
  if (!data) return undefined;
  const { mode, now } = data.clock;
  const isReal = mode === 'running' && Math.abs(Date.parse(now) - dataUpdatedAt) < 60_000;
  if (isReal) return undefined;
  return (
    <span className="badge accent" title={`The clock of sandbox ${sandbox}: ${now}`}>
      {mode === 'frozen' ? 'Frozen at' : 'Clock:'} {now.slice(0, 16).replace('T', ' ')}
    </span>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#1f5f5b" />
      <path d="M9 10h14M9 16h9M9 22h5" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="22.5" cy="20.5" r="3.5" fill="none" stroke="#f2c14e" strokeWidth="2.4" />
    </svg>
  );
}
