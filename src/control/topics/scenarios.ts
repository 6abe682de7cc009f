/** The scenarios that a sandbox can start from. */
import type { Scenario, ScenarioContent } from '../../control-api/control-api.ts';
import type { ScenarioDescription } from '../../scenarios/load-scenario.ts';
import { json, type Topic } from '../call.ts';

export const scenarios: Topic = {
  listScenarios: async (_call, parts) =>
    json({
      scenarios: parts.scenarios.names().map((name): Scenario => {
        const { document: _content, ...rest } = show(parts.scenarios.describe(name));
        return rest;
      }),
    }),

  getScenario: async ({ parameters }, parts) =>
    json(show(parts.scenarios.describe(parameters['scenario'] ?? ''))),
};

/** Omits `fault` if it is undefined. */
function show({ fault, ...rest }: ScenarioDescription): ScenarioContent {
  return fault === undefined ? rest : { ...rest, fault };
}
