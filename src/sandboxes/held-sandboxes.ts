/** The sandboxes that this process has opened, bounded: the one used longest ago makes room. */
import type { Head } from '../shared/shared.ts';
import type { Sandbox } from './sandbox.ts';

export type HeldSandboxes = {
  /** Undefined: it is not held, or has changed since. It is now the one used last. */
  use(name: string, head: Head): Sandbox | undefined;
  hold(sandbox: Sandbox): void;
  has(name: string): boolean;
  letGo(name: string): void;
  /** One that answers requests is not idle. Gives a function that says that this request is answered. */
  keepBusy(name: string): () => void;
};

export function createHeldSandboxes(parts: {
  readonly maxSandboxes: number;
  /** Lets go of an idle one that can be read again; undefined: none can. */
  readonly unload: ((name: string) => void) | undefined;
}): HeldSandboxes {
  const { maxSandboxes, unload } = parts;
  /** In the order of last use. */
  const held = new Map<string, Sandbox>();
  const busy = new Map<string, number>();

  /** Where none is idle there are more than the maximum for a while. */
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
    has: (name) => held.has(name),
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
