/** One journal feed for the whole page, of the sandbox that it shows. */
import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { createJournalFeed, type Feed, type JournalFeed } from './journal-feed.ts';
import { useApi } from './session.tsx';

const JournalContext = createContext<JournalFeed | undefined>(undefined);

export function JournalProvider({
  sandbox,
  children,
}: {
  readonly sandbox: string;
  readonly children: ReactNode;
}) {
  const api = useApi();
  const feed = useMemo(() => createJournalFeed(api, sandbox), [api, sandbox]);
  useEffect(() => feed.start(), [feed]);
  return <JournalContext value={feed}>{children}</JournalContext>;
}

export function useJournalFeed(): JournalFeed {
  const feed = useContext(JournalContext);
  if (!feed) throw new Error('useJournalFeed needs a JournalProvider.');
  return feed;
}

export function useJournal(): Feed {
  const feed = useJournalFeed();
  return useSyncExternalStore(feed.subscribe, feed.get);
}
