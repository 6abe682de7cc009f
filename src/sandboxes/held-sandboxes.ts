/** The sandboxes that are in memory, bounded: the one used longest ago makes room. */
import { MockError } from '../errors.ts';
import type { Sandbox } from './sandbox.ts';

export type HeldSandboxes = {
  /** Undefined: it is not in memory. It is now the one used last. */
  use(name: string): Promise<Sandbox> | undefined;
  /** Takes it into memory, in the place of what was there under its name; what fails is not kept. */
  hold(name: string, opening: Promise<Sandbox>): Promise<Sandbox>;
  /** The one in memory, which does not count as a use; undefined also while it is on its way. */
  peek(name: string): Sandbox | undefined;
  letGo(name: string): void;
  /** By name; those that are still on their way are waited for. */
  all(): Promise<ReadonlyMap<string, Sandbox>>;
  /** Throws `MockError` `too-many-sandboxes` where one more could neither be held nor make another one go. */
  checkRoom(name: string): void;
};

export function createHeldSandboxes(parts: {
  readonly maxSandboxes: number;
  /** Lets go of an idle one that can be read again; undefined: none can. */
  readonly unload: ((name: string) => void) | undefined;
}): HeldSandboxes {
  const { maxSandboxes, unload } = parts;
  /** In the order of last use. */
  const held = new Map<string, Promise<Sandbox>>();

  /** Those of them that are in memory by now. */
  const opened = new Map<string, Sandbox>();

  const letGo = (name: string): void => {
    held.delete(name);
    opened.delete(name);
  };

  /** Where none is idle there are more than the maximum for a while. */
  const makeRoom = (): void => {
    if (unload === undefined || held.size <= maxSandboxes) return;
    const idle = [...held.keys()].find((name) => opened.get(name)?.underWay === 0);
    if (idle === undefined) return;
    letGo(idle);
    unload(idle);
  };

  return {
    use(name) {
      const known = held.get(name);
      if (known && held.size > 1) {
        held.delete(name);
        held.set(name, known);
      }
      return known;
    },
    hold(name, opening) {
      letGo(name);
      held.set(name, opening);
      opening.then(
        (sandbox) => held.get(name) === opening && opened.set(name, sandbox),
        () => held.get(name) === opening && held.delete(name),
      );
      makeRoom();
      return opening;
    },
    peek: (name) => opened.get(name),
    letGo,
    async all() {
      const known = await Promise.allSettled(held.values());
      const loaded = known.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      return new Map(loaded.map((sandbox) => [sandbox.name, sandbox]));
    },
    checkRoom(name) {
      if (unload !== undefined || held.has(name) || held.size < maxSandboxes) return;
      // It always exists, also where it was removed and others took its place.
      if (name === 'default') return;
      throw new MockError(
        'too-many-sandboxes',
        `There are ${held.size} sandboxes already, the most that --max-sandboxes allows with --data memory. Remove some, raise it, or name a data folder.`,
      );
    },
  };
}
