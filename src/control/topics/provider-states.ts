/** Sets up the provider states of a Pact interaction in a sandbox. */
import type { Params, ProviderState } from '../../control-api/control-api.ts';
import { MockError } from '../../errors.ts';
import { toDeclaredTypes } from '../../scenarios/parameters.ts';
import {
  findProviderState,
  nearestStates,
  type FoundState,
  type ServedState,
} from '../../scenarios/provider-states.ts';
import type { ScenarioUse } from '../../scenarios/load-scenario.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { json, type ControlParts, type Topic } from '../call.ts';

export const providerStates: Topic = {
  async enterProviderState({ query, body }, parts) {
    const { state, params, action } = body as ProviderState;
    const name = query['sandbox'] ?? 'default';
    if (state === '' || action === 'teardown') {
      await parts.sandboxes.ensure(name);
      await parts.sandboxes.reset(name);
      return json({});
    }
    const served = servedStates(parts);
    const found = findProviderState(served, state, params ?? {});
    if (!found) throw unknownState(state, served);
    // A verifier sets up the states of an interaction one by one, then sends its request.
    const { scenario } = await parts.sandboxes.enterState(name, (before) =>
      load(found, before, parts),
    );
    return json({ ...scenario.params, ...(await readCreated(name, scenario, parts)) });
  },
};

/** The states of the server's scenario come first, because it can be a file outside the folders. */
function servedStates({ scenarios, scenario }: ControlParts): readonly ServedState[] {
  return [...new Set([scenario, ...scenarios.names()])].flatMap((name) =>
    scenarios
      .describe(name)
      .providerStates.map((sentence): ServedState => ({ scenario: name, sentence })),
  );
}

/** Loads the state together with the states that were set up before it. */
function load(
  { scenario, attempts }: FoundState,
  before: readonly ScenarioUse[],
  { scenarios }: ControlParts,
): { readonly scenario: Scenario; readonly states: readonly ScenarioUse[] } {
  const [asSent = {}] = attempts;
  const declared = toDeclaredTypes(scenarios.describe(scenario).document, asSent);
  let first: unknown;
  for (const params of attempts) {
    try {
      const states = [...before, { scenario, params: { ...params, ...declared } }];
      return { scenario: scenarios.compose(states), states };
    } catch (thrown) {
      first ??= thrown;
    }
  }
  throw first;
}

/** Text, number and boolean fields of the first record of each listed collection: `licenseId`, `clientName`. */
function readCreated(name: string, scenario: Scenario, parts: ControlParts): Promise<Params> {
  const listed = Object.entries(scenario.sections).flatMap(([vendorName, section]) => {
    const vendor = parts.served.find(({ vendor: each }) => each.name === vendorName)?.vendor;
    return Object.entries(vendor?.scenario.lists ?? {}).flatMap(([key, list]) =>
      key in section ? [list] : [],
    );
  });
  return parts.sandboxes.transactNow(name, async (_, transaction) => {
    const values: Record<string, string | number | boolean> = {};
    for (const { collection, one } of listed) {
      const [record = {}] = await transaction.in(collection).find({ limit: 1 });
      for (const [field, value] of Object.entries(record as Record<string, unknown>)) {
        const key = `${one}${capitalize(toCamel(field))}`;
        if (key in values) continue;
        if (['string', 'number', 'boolean'].includes(typeof value)) {
          values[key] = value as string | number | boolean;
        }
      }
    }
    return values;
  });
}

function toCamel(name: string): string {
  return name.replaceAll(/[-_](.)/g, (_, letter: string) => letter.toUpperCase());
}

function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function unknownState(state: string, served: readonly ServedState[]): MockError {
  const nearest = nearestStates(served, state).map((sentence) => `"${sentence}"`);
  const known =
    nearest.length > 0
      ? `Nearest: ${nearest.join(', ')}.`
      : 'No scenario defines any: add it under providerStates in a file in scenarios/.';
  return new MockError(
    'unknown-provider-state',
    `No scenario defines the provider state "${state.slice(0, 200)}". ${known}`,
  );
}
