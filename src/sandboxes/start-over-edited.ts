/** Starts over the sandboxes whose scenario is no longer what they were made from. */
import type { Scenario } from '../scenarios/scenario.ts';
import type { Sandboxes } from './sandboxes.ts';
import { fingerprintOf } from './stored-state.ts';

/** Gives their names. Leaves imported states, and worlds of scenarios that cannot be loaded. */
export async function startOverEdited({
  sandboxes,
  loadScenario,
}: {
  readonly sandboxes: Pick<Sandboxes, 'list' | 'find' | 'reset'>;
  /** That of a sandbox's start options. */
  readonly loadScenario: (
    name: string | undefined,
    params: Scenario['params'] | undefined,
  ) => Scenario;
}): Promise<readonly string[]> {
  const restarted: string[] = [];
  for (const { name } of await sandboxes.list()) {
    const { setup } = await sandboxes.find(name);
    if (setup.isImported || !setup.madeFrom) continue;
    try {
      const { start, madeFrom } = setup;
      const scenario = loadScenario(start.scenario, start.params);
      if (fingerprintOf(scenario) === madeFrom.scenario) continue;
      await sandboxes.reset(name);
      restarted.push(name);
    } catch {
      // The edited file is broken, which was said already, or the world is gone meanwhile.
    }
  }
  return restarted;
}
