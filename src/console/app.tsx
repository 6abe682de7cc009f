/** The frame of the page: which sandbox, which view, and whether the server answers. */
import { lazy, Suspense, type ComponentType } from 'react';
import { JournalProvider, useJournal } from './api/use-journal.tsx';
import { usePlace, type View, type ViewProps } from './place.ts';
import { MissingSandbox } from './parts/missing-sandbox.tsx';
import { Refused } from './parts/refused.tsx';
import { Toasts } from './parts/toasts.tsx';
import { TITLES, TopBar } from './top-bar.tsx';
import { Traffic } from './traffic/traffic.tsx';

/** A view that is not needed at once is loaded when it is opened: `state: lazy(() => import('./state/state.tsx'))`. */
const Pages: Readonly<Record<View, ComponentType<ViewProps>>> = {
  traffic: Traffic,
  state: lazy(async () => ({ default: (await import('./state/state.tsx')).State })),
  time: lazy(async () => ({ default: (await import('./time/time.tsx')).Time })),
  overrides: lazy(async () => ({ default: (await import('./overrides/overrides.tsx')).Overrides })),
  vendors: lazy(async () => ({ default: (await import('./vendors/vendors.tsx')).Vendors })),
  contracts: lazy(async () => ({ default: (await import('./pact/contracts.tsx')).Contracts })),
};

export function App() {
  const [place, go] = usePlace();
  return (
    <Toasts>
      <JournalProvider sandbox={place.sandbox}>
        <Frame place={place} go={go} />
      </JournalProvider>
    </Toasts>
  );
}

function Frame({ place, go }: ViewProps) {
  const { connection, refusal } = useJournal();
  const Page = Pages[place.view];
  return (
    <div className="app">
      <TopBar place={place} go={go} />
      <main className="main">
        <h1 className="visually-hidden">
          {TITLES[place.view]} of sandbox {place.sandbox}
        </h1>
        {connection === 'refused' ? (
          <Refused error={refusal} />
        ) : connection === 'missing' ? (
          <MissingSandbox name={place.sandbox} />
        ) : (
          <Suspense fallback={<p className="page soft">Loading…</p>}>
            <Page key={place.sandbox} place={place} go={go} />
          </Suspense>
        )}
      </main>
    </div>
  );
}
