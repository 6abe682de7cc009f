/** Who gets each new entry of a sandbox. */
import type { StoredEntry } from './shared.ts';

type Follower = { readonly listener: (entry: StoredEntry) => void; readonly onEnd: () => void };

export type Followers = {
  /** Gives a function that ends it. `onEnd` is called where something else does. */
  add(sandbox: string, listener: (entry: StoredEntry) => void, onEnd: () => void): () => void;
  /** A listener that throws gets no more. */
  publish(sandbox: string, entry: StoredEntry): void;
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

  /** That someone fails at leaving is nothing to the request that is being answered. */
  const end = (sandbox: string, follower: Follower): void => {
    if (!leave(sandbox, follower)) return;
    try {
      follower.onEnd();
    } catch {
      // There is nobody left to tell.
    }
  };

  /** As they are now: some join or leave while the others are told. */
  const snapshot = (sandbox: string): readonly Follower[] => [...(bySandbox.get(sandbox) ?? [])];

  return {
    add(sandbox, listener, onEnd) {
      const follower: Follower = { listener, onEnd };
      const followers = bySandbox.get(sandbox) ?? new Set();
      bySandbox.set(sandbox, followers.add(follower));
      return () => void leave(sandbox, follower);
    },
    publish(sandbox, entry) {
      for (const follower of snapshot(sandbox)) {
        if (!bySandbox.get(sandbox)?.has(follower)) continue;
        try {
          follower.listener(entry);
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
