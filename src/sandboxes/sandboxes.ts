/** The sandboxes: their current worlds, and what puts other worlds in their place. A missing sandbox is created. */
import { andThen, type Awaitable } from '../shared/awaitable.ts';
import {
  createCurrentWorlds,
  missingSandbox,
  type CurrentWorlds,
  type Entered,
} from './current-worlds.ts';
import {
  createWorldReplacement,
  type ReplacementParts,
  type WorldReplacement,
} from './replace-worlds.ts';
import type { Sandbox } from './sandbox.ts';

export type Sandboxes = Omit<CurrentWorlds, 'enterIfThere' | 'letGo'> &
  Omit<WorldReplacement, 'create'> & {
    /** Counts a request. A missing sandbox is created from the server's scenario. */
    enter(name: string): Awaitable<Entered>;
    /** Like `enter`, but creates nothing, because the sandbox existed a moment ago. */
    enterAgain(name: string): Awaitable<Entered>;
    /** Like `find`, but creates a missing sandbox. */
    ensure(name: string): Promise<Sandbox>;
  };

export function createSandboxes(parts: ReplacementParts): Sandboxes {
  const { enterIfThere, letGo, ...current } = createCurrentWorlds(parts);
  const { create, ...replacement } = createWorldReplacement(parts, { ...current, letGo });

  const enterAgain = (name: string): Awaitable<Entered> =>
    andThen(enterIfThere(name), (entered) => {
      if (!entered) throw missingSandbox(name);
      return entered;
    });

  return {
    ...current,
    ...replacement,
    enterAgain,
    enter: (name) =>
      andThen(
        enterIfThere(name),
        (entered) => entered ?? create(name).then(() => enterAgain(name)),
      ),
    async ensure(name) {
      if (!(await parts.shared.head(name))) await create(name);
      return current.find(name);
    },
  };
}
