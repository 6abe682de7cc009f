/** Plays the planned probes against the live vendor, one after the other, and removes what they created. */
import { messageOf } from '../errors.ts';
import { fillStep, type Values } from './fill-step.ts';
import type { LiveTarget } from './live-target.ts';
import type { Planned } from './plan-probes.ts';
import { playProbe, type Created } from './play-probe.ts';
import type { Probes } from './probe.ts';
import type { Answered } from './settle-rows.ts';

export type LiveAnswers = {
  readonly answered: readonly Answered[];
  /** Row to the reason why it was not probed. */
  readonly notProbed: ReadonlyMap<string, string>;
  /** What could not be removed. */
  readonly left: readonly string[];
  /** Why the run ended before its last probe. Undefined: it did not. */
  readonly stopped: string | undefined;
};

export async function probeLive(
  planned: readonly Planned[],
  probes: Probes,
  given: { readonly run: string; readonly params: Values },
  live: LiveTarget,
  onProbe: (planned: Planned) => void,
): Promise<LiveAnswers> {
  const answered: Answered[] = [];
  const notProbed = new Map<string, string>();
  const left: string[] = [];
  let stopped: string | undefined;
  for (const [index, each] of planned.entries()) {
    const { probe, skipped } = each;
    const reason =
      skipped ?? (stopped === undefined ? undefined : `The run stopped before it: ${stopped}`);
    if (reason !== undefined) {
      notProbed.set(probe.row, reason);
      continue;
    }
    onProbe(each);
    const created: Created[] = [];
    const named = { ...given, run: `${given.run}-${index + 1}` };
    try {
      const played = await playProbe(probe, probes, named, live, (one) => void created.push(one));
      answered.push({ probe, live: played });
    } catch (thrown) {
      stopped = messageOf(thrown);
      notProbed.set(probe.row, `The run stopped here: ${stopped}`);
    }
    left.push(...(await remove(created.toReversed(), probes, live)));
  }
  return { answered, notProbed, left, stopped };
}

/** Returns what is left. */
async function remove(
  created: readonly Created[],
  { creates, bodies }: Probes,
  live: LiveTarget,
): Promise<readonly string[]> {
  const left: string[] = [];
  for (const { kind, name, id, values } of created) {
    const { what = kind, remove: request } = creates[kind] ?? {};
    const label = `${what} ${id ?? ''} of ${name}`.replace('  ', ' ');
    if (request === undefined || id === undefined) {
      left.push(
        `${label}: ${request === undefined ? 'the vendor has no call that removes it' : 'no answer told its id'}`,
      );
      continue;
    }
    const removal = fillStep({ send: request }, { ...values, [kind]: id }, bodies);
    const failure = await tryRemoval(removal, live);
    if (failure !== undefined) left.push(`${label}: ${failure}`);
  }
  return left;
}

/** Undefined: it is removed. */
async function tryRemoval(
  request: Parameters<LiveTarget['cleanUp']>[0],
  live: LiveTarget,
): Promise<string | undefined> {
  try {
    const { status } = await live.cleanUp(request);
    // A probe may have removed it itself.
    return status < 300 || status === 404 ? undefined : `its removal got ${status}`;
  } catch (thrown) {
    return messageOf(thrown);
  }
}
