/** Counts failed calls that nobody has seen yet, in the title and the icon of the page. */
import { useEffect, useRef } from 'react';
import { useJournalFeed } from './api/use-journal.tsx';

const TITLE = 'license-mock';
const ALARM =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"%3E%3Crect width="32" height="32" rx="7" fill="%231f5f5b"/%3E%3Ccircle cx="22" cy="10" r="8" fill="%23d9372b"/%3E%3C/svg%3E';

/** `isShown`: the page shows the traffic now, so whoever looks at it has seen the failures. */
export function useFailures(isShown: boolean): void {
  const feed = useJournalFeed();
  const seen = useRef<string | undefined>(undefined);
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const plain = icon?.href ?? '';
    let isFirst = true;
    const update = (): void => {
      const { entries, connection } = feed.get();
      if (isFirst && connection === 'connected') {
        isFirst = false;
        seen.current = entries[0]?.id;
      }
      if (isShown && document.visibilityState === 'visible') seen.current = entries[0]?.id;
      const end = entries.findIndex(({ id }) => id === seen.current);
      const unseen = end === -1 ? entries : entries.slice(0, end);
      const failures = isFirst ? 0 : unseen.filter(({ status }) => status >= 400).length;
      document.title = failures > 0 ? `(${failures}) ${TITLE}` : TITLE;
      if (icon) icon.href = failures > 0 ? ALARM : plain;
    };
    const end = feed.subscribe(update);
    document.addEventListener('visibilitychange', update);
    update();
    return () => {
      end();
      document.removeEventListener('visibilitychange', update);
      if (icon) icon.href = plain;
    };
  }, [feed, isShown]);
}
