/** The sandboxes: their current worlds, and what puts other worlds in their place. A missing sandbox is created. */
import { MockError } from '../errors.ts';
import { andThen, type Awaitable } from '../shared/awaitable.ts';
import {
  checkSandboxName,
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

/** `mayCreate`: whether a request to an unknown sandbox creates it. `default` always exists. */
export function createSandboxes(
  parts: ReplacementParts & { readonly mayCreate: boolean },
): Sandboxes {
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
      andThen(enterIfThere(name), (entered) => {
        if (entered) return entered;
        if (!parts.mayCreate && name !== 'default') throw unknownSandbox(name);
        return create(name).then(() => enterAgain(name));
      }),
    async ensure(name) {
      if (!(await parts.shared.head(name))) await create(name);
      return current.find(name);
    },
  };
}

function unknownSandbox(name: string): MockError {
  checkSandboxName(name);
  return new MockError(
    'no-such-sandbox',
    `Sandbox "${name}" does not exist, and --sandboxes named keeps requests from creating it. Correct the base URL, or create it with PUT /_mock/sandboxes/${name}.`,
  );
}
