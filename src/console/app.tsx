/** The frame of the page: which sandbox, which view, and whether the server answers. */
import { lazy, Suspense, type ComponentType } from 'react';
import { JournalProvider, useJournal } from './api/use-journal.tsx';
import { usePlace, type Place, type View } from './place.ts';
import { Refused } from './parts/refused.tsx';
import { Toasts } from './parts/toasts.tsx';
import { TopBar } from './top-bar.tsx';
import { Traffic } from './traffic/traffic.tsx';

/** `go` follows a link without one: a record that was just created, an entry that was just resent. */
export type ViewProps = { readonly place: Place; readonly go: (place: Place) => void };

/** A view that is not needed at once is loaded when it is opened: `state: lazy(() => import('./state/state.tsx'))`. */
const Pages: Readonly<Record<View, ComponentType<ViewProps>>> = {
  traffic: Traffic,
  overrides: lazy(() => import('./overrides/overrides.tsx')),
  vendors: lazy(async () => ({ default: (await import('./vendors/vendors.tsx')).Vendors })),
  contracts: lazy(async () => ({ default: (await import('./contracts/contracts.tsx')).Contracts })),
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
        {connection === 'refused' ? (
          <Refused error={refusal} />
        ) : (
          <Suspense fallback={<p className="page soft">Loading…</p>}>
            <Page key={place.sandbox} place={place} go={go} />
          </Suspense>
        )}
      </main>
    </div>
  );
}
