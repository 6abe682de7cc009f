/** Counts uses in fixed windows of a sandbox's clock. */
import type { Window, Windows } from './shared.ts';

/** How many windows a sandbox remembers; the one opened first is forgotten first. */
const MAX_WINDOWS = 1_000;

export type OpenWindows = {
  /** A window starts with the first use after the last one ended. */
  count(key: string, window: { readonly windowMs: number; readonly now: number }): Window;
  all(): Windows;
};

export function openWindows(start: Windows = {}): OpenWindows {
  const windows = new Map(Object.entries(start));
  return {
    count(key, { windowMs, now }) {
      const found = windows.get(key);
      // A clock that was set back starts a new window too: the end is further away than a window is long.
      const isOpen = found && now < found.resetsAt && found.resetsAt - now <= windowMs;
      const [oldest] = windows.keys();
      if (!found && windows.size >= MAX_WINDOWS && oldest !== undefined) windows.delete(oldest);
      const counted = isOpen
        ? { used: found.used + 1, resetsAt: found.resetsAt }
        : { used: 1, resetsAt: now + windowMs };
      windows.set(key, counted);
      return counted;
    },
    all: () => Object.fromEntries(windows),
  };
}
