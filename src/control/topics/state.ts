/** Exports and imports a whole state as a scenario document. */
import { MockError } from '../../errors.ts';
import { describeState } from '../../sandboxes/describe-state.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { json, sandboxOf, type ControlParts, type Topic } from '../call.ts';
import { showSandbox } from './show-sandbox.ts';

export const state: Topic = {
  async exportState(call, parts) {
    const { name } = await sandboxOf(call, parts);
    const wallMs = parts.wallClock();
    const document = await parts.sandboxes.transactNow(name, (sandbox, transaction) =>
      describeState(sandbox, transaction, {
        vendors: parts.served.map(({ vendor }) => vendor),
        defaults: parts.ledger.defaults,
        wallMs,
      }),
    );
    return json(document);
  },

  async importState({ parameters, body, origin }, parts) {
    const name = parameters['sandbox'] ?? '';
    const scenario = readState(body, parts);
    const { isNew } = await parts.sandboxes.adopt(name, scenario);
    return json(await showSandbox(name, parts, origin), isNew ? 201 : 200);
  },
};

/** An import gives no parameter values, so parameters without a default are reported where they are declared. */
function readState(body: unknown, { scenarios }: ControlParts): Scenario {
  try {
    return scenarios.read(body, 'The state');
  } catch (thrown) {
    if (!(thrown instanceof MockError) || !thrown.pointer?.startsWith('#/params/')) throw thrown;
    const pointer = '#/providerStates';
    throw new MockError(thrown.code, thrown.message, { cause: thrown, pointer });
  }
}
