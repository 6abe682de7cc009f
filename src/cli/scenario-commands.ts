/** The command `scenario` and those below it. */
import type { Command } from 'commander';
import { formatOption } from './client-options.ts';
import { defineCommand, defineGroup } from './define-command.ts';

const scenarioCode = () => import('./commands/scenario.ts');

export function addScenario(program: Command): void {
  const options = [formatOption];
  const group = defineGroup(program, 'scenario', {
    summary: 'list, show and write scenarios; list provider states',
    about:
      'Works with the scenario files in ./scenarios and those that come with license-mock. No server is needed.',
    examples: ['license-mock scenario list', 'license-mock scenario new spring-term'],
  });
  defineCommand(group, 'list', {
    summary: 'list all scenarios',
    about: 'Lists all scenarios that a sandbox can start with.',
    options,
    examples: ['license-mock scenario list', 'license-mock scenario list --format json'],
    run: async (given) => (await scenarioCode()).listScenarios(given),
  });
  defineCommand(group, 'show <NAME|FILE>', {
    summary: 'show the content of a scenario',
    about: 'Shows the content of a scenario.',
    options,
    examples: ['license-mock scenario show demo', 'license-mock scenario show ./mine.yaml'],
    run: async (given, name) => (await scenarioCode()).showScenario(given, name),
  });
  defineCommand(group, 'new <NAME>', {
    summary: 'write an example scenario file',
    about: 'Writes scenarios/NAME.yaml, an example with comments. It never overwrites a file.',
    options,
    examples: ['license-mock scenario new spring-term'],
    run: async (given, name) => (await scenarioCode()).newScenario(given, name),
  });
  defineCommand(group, 'states', {
    summary: 'list all provider states, to paste into a consumer test',
    about: 'Lists all provider states with their parameters, to paste into a consumer test.',
    options,
    examples: ['license-mock scenario states', 'license-mock scenario states --format json'],
    run: async (given) => (await scenarioCode()).showStates(given),
  });
}
