/** Listeners for the new entries of a sandbox. */
import type { EntryListener } from './shared.ts';

type Follower = { readonly listener: EntryListener; readonly onEnd: () => void };

export type Followers = {
  /** Returns a function that unsubscribes. `onEnd` is called if the subscription ends in another way. */
  add(sandbox: string, listener: EntryListener, onEnd: () => void): () => void;
  /** A listener that throws is removed. */
  publish(sandbox: string, ...told: Parameters<EntryListener>): void;
  endAll(sandbox: string): void;
};

export function createFollowers(): Followers {
  const bySandbox = new Map<string, Set<Follower>>();

  const leave = (sandbox: string, follower: Follower): boolean => {
    const followers = bySandbox.get(sandbox);
    const was = followers?.delete(follower) ?? false;
    if (followers?.size === 0) bySandbox.delete(sandbox);
    return was;
  };

  /** An error in `onEnd` must not affect the current request. */
  const end = (sandbox: string, follower: Follower): void => {
    if (!leave(sandbox, follower)) return;
    try {
      follower.onEnd();
    } catch {
      // No listener is left to report this to.
    }
  };

  /** A copy, because listeners can join or leave during a notification. */
  const snapshot = (sandbox: string): readonly Follower[] => [...(bySandbox.get(sandbox) ?? [])];

  return {
    add(sandbox, listener, onEnd) {
      const follower: Follower = { listener, onEnd };
      const followers = bySandbox.get(sandbox) ?? new Set();
      bySandbox.set(sandbox, followers.add(follower));
      return () => void leave(sandbox, follower);
    },
    publish(sandbox, ...told) {
      for (const follower of snapshot(sandbox)) {
        if (!bySandbox.get(sandbox)?.has(follower)) continue;
        try {
          follower.listener(...told);
        } catch {
          end(sandbox, follower);
        }
      }
    },
    endAll(sandbox) {
      for (const follower of snapshot(sandbox)) end(sandbox, follower);
    },
  };
}
