/** The sandboxes that this process has open, limited in number. The least recently used one is evicted. */
import type { Head } from '../shared/shared.ts';
import type { Sandbox } from './sandbox.ts';

export type HeldSandboxes = {
  /** Marks the sandbox as the most recently used. Undefined: it is not held, or it has changed. */
  use(name: string, head: Head): Sandbox | undefined;
  hold(sandbox: Sandbox): void;
  /** As it was when it was last used. */
  lastSeen(name: string): Sandbox | undefined;
  letGo(name: string): void;
  /** Marks a sandbox as busy. Call the returned function when the request is answered. */
  keepBusy(name: string): () => void;
};

export function createHeldSandboxes(parts: {
  readonly maxSandboxes: number;
  /** Evicts an idle sandbox that can be reloaded. Undefined: there is none. */
  readonly unload: ((name: string) => void) | undefined;
}): HeldSandboxes {
  const { maxSandboxes, unload } = parts;
  /** In the order of last use. */
  const held = new Map<string, Sandbox>();
  const busy = new Map<string, number>();

  /** If none is idle, the maximum is exceeded for some time. */
  const makeRoom = (): void => {
    if (unload === undefined || held.size <= maxSandboxes) return;
    const idle = [...held.keys()].find((name) => !busy.has(name));
    if (idle === undefined) return;
    held.delete(idle);
    unload(idle);
  };

  return {
    use(name, { generation, revision }) {
      const sandbox = held.get(name);
      if (sandbox?.setup.generation !== generation || sandbox.setup.revision !== revision) {
        return undefined;
      }
      if (held.size > 1) {
        held.delete(name);
        held.set(name, sandbox);
      }
      return sandbox;
    },
    hold(sandbox) {
      held.delete(sandbox.name);
      held.set(sandbox.name, sandbox);
      makeRoom();
    },
    lastSeen: (name) => held.get(name),
    letGo: (name) => void held.delete(name),
    keepBusy(name) {
      busy.set(name, (busy.get(name) ?? 0) + 1);
      return () => {
        const left = (busy.get(name) ?? 1) - 1;
        if (left > 0) busy.set(name, left);
        else busy.delete(name);
      };
    },
  };
}
