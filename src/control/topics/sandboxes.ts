/** Sandboxes: list, look, create or start over, reset, remove. */
import type {
  SandboxChange,
  SandboxItem,
  StartOptions as StartBody,
} from '../../control-api/control-api.ts';
import { MockError } from '../../errors.ts';
import type { StartOptions } from '../../sandboxes/sandbox.ts';
import { done, json, sandboxOf, type Topic } from '../call.ts';
import { InvalidCall } from '../problem.ts';
import { showClock, showSandbox, urlOf } from './show-sandbox.ts';

export const sandboxes: Topic = {
  async listSandboxes({ origin }, parts) {
    const wallMs = parts.wallClock();
    const all = await parts.sandboxes.list();
    return json({
      sandboxes: all.map(({ name, setup }): SandboxItem => ({
        name,
        scenario: setup?.scenario ?? null,
        clock: setup ? showClock(setup.clock, wallMs) : null,
        url: urlOf(name, origin),
      })),
    });
  },

  async getSandbox(call, parts) {
    const { name } = await sandboxOf(call, parts);
    return json(await showSandbox(name, parts, call.origin));
  },

  async startSandbox({ parameters, body, origin }, parts) {
    const name = parameters['sandbox'] ?? '';
    const { settings = {}, ...rest } = (body ?? {}) as StartBody;
    const options: StartOptions = { ...rest, settings: toSettings(settings) };
    const { isNew } = await parts.sandboxes
      .start(name, options)
      .catch((thrown: unknown) => refuseScenario(thrown, rest.scenario));
    return json(await showSandbox(name, parts, origin), isNew ? 201 : 200);
  },

  async resetSandbox(call, parts) {
    const { name } = await sandboxOf(call, parts);
    await parts.sandboxes.reset(name);
    return json(await showSandbox(name, parts, call.origin));
  },

  async changeSandbox(call, parts) {
    const { name } = await sandboxOf(call, parts);
    const { profile, references, settings } = call.body as SandboxChange;
    const chosen = toSettings(settings ?? {});
    parts.ledger.check(chosen, 'settings');
    await parts.sandboxes.change(name, ({ changed = {}, ...setup }) => ({
      ...setup,
      ...(references && { references }),
      changed: {
        ...changed,
        profile: profile ?? changed.profile,
        settings: { ...changed.settings, ...chosen },
      },
    }));
    return json(await showSandbox(name, parts, call.origin));
  },

  async removeSandbox(call, parts) {
    const { name } = await sandboxOf(call, parts);
    await parts.sandboxes.remove(name);
    return done;
  },
};

function toSettings(chosen: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(chosen).map(([id, to]) => [id, String(to)]));
}

/** A scenario that the body names is a wrong field of the body, no path that is not there. */
function refuseScenario(thrown: unknown, scenario: string | undefined): never {
  if (scenario === undefined || !(thrown instanceof MockError)) throw thrown;
  if (thrown.code !== 'unknown-scenario') throw thrown;
  throw new InvalidCall([{ detail: thrown.message, pointer: '#/scenario' }], { cause: thrown });
}
