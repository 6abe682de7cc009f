/** Counts uses in fixed windows of the sandbox's clock. */
import type { Window, Windows } from './shared.ts';

/** Maximum number of windows per sandbox. The oldest is forgotten first. */
const MAX_WINDOWS = 1_000;

/**
 * A use may be this much earlier than the start of its window: uses are not counted in the order in which they came, and
 * the clocks of replicas differ a little.
 */
export const EARLY_MS = 1_000;

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
      // If the clock was set back, the end is much further away than the length of a window. This starts a new window too.
      const isOpen = found && now < found.resetsAt && found.resetsAt - now <= windowMs + EARLY_MS;
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
