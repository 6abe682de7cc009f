/** Runs the steps of a probe against one target: the live vendor, or a sandbox of the mock. */
import { fillStep, type ProbeRequest, type Values } from './fill-step.ts';
import { findMember, mask, observe, type Observation, type ProbeAnswer } from './observe.ts';
import { isAsked, requestOf, type Probe, type Probes, type Step } from './probe.ts';

export type Target = {
  send(request: ProbeRequest): Promise<ProbeAnswer>;
  /** Answers name it. */
  readonly url: string;
  /** What `{credential}` stands for. */
  readonly credential: string;
};

/** Something that a probe created. `id` undefined: no answer named it. */
export type Created = {
  readonly kind: string;
  readonly name: string;
  readonly id: string | undefined;
  /** Values of the placeholders when it was created. */
  readonly values: Values;
};

export type Played = {
  /** Of each step that was asked, and of the one that ended the probe. */
  readonly seen: readonly Observation[];
  /** A step that had to succeed and did not; nothing after it was sent. Undefined: there is none. */
  readonly failed: string | undefined;
  readonly number: number | undefined;
  /** Of the mock: the ledger rows that shaped its answers. */
  readonly rows: ReadonlySet<string>;
};

/** The vendor does not let this user go on. The whole run stops. */
class Denied extends Error {}

/** `onCreated` hears of each record at once, so that it can be removed whatever happens next. */
export async function playProbe(
  probe: Probe,
  { parameters, bodies }: Pick<Probes, 'parameters' | 'bodies'>,
  given: { readonly run: string; readonly params: Values },
  target: Target,
  onCreated: (created: Created) => void = () => {},
): Promise<Played> {
  const defaults = Object.entries(parameters).map(([name, each]) => [name, each.default]);
  let values: Values = {
    ...Object.fromEntries(defaults),
    ...given.params,
    credential: target.credential,
    run: given.run,
    number: numberOfRun(given.run),
    url: target.url,
  };
  const seen: Observation[] = [];
  const rows = new Set<string>();
  let number: number | undefined;
  let count = 0;
  for (const step of probe.steps ?? []) {
    for (let time = 0; time < (step.repeat ?? 1); time += 1) {
      count += 1;
      values = { ...values, n: String(count) };
      const answer = await target.send(fillStep(step, values, bodies));
      const isDone = answer.status >= 200 && answer.status < 300;
      const label = requestOf(step);
      refuseDenial(step, answer, label);
      const kept = keepOf(step, answer);
      values = { ...values, ...kept };
      if (isDone && step.creates !== undefined) {
        const name = `${values['run'] ?? ''} (request ${count})`;
        onCreated({ kind: step.creates, name, id: kept[step.creates], values });
      }
      if (!isAsked(step) && isDone) continue;
      const observed = observe(label, answer, step, masksOf(values));
      seen.push(observed);
      for (const row of rowsOf(answer)) rows.add(row);
      number = numberOf(probe, observed) ?? number;
      if (isAsked(step)) continue;
      const failed = `${label} got ${answer.status} where the probe needs a success: ${mask(answer.body.slice(0, 300), masksOf(values))}`;
      return { seen, failed, number, rows };
    }
  }
  return { seen, failed: undefined, number, rows };
}

function refuseDenial(step: Step, { status }: ProbeAnswer, label: string): void {
  const isExpected = step.mayBeDenied === true || step.credentials !== undefined;
  if ((status !== 401 && status !== 403) || isExpected) return;
  throw new Denied(
    `${label} got ${status}, which the probe does not expect. Give credentials that may do this by --header.`,
  );
}

function rowsOf({ headers }: ProbeAnswer): readonly string[] {
  return String(headers['x-mock-ledger'] ?? '')
    .split(', ')
    .filter(Boolean);
}

/** The first member of the name that the step asks for, whatever is around it. */
function keepOf(step: Step, { body }: ProbeAnswer): Values {
  const value = parseJson(body);
  const kept = Object.entries(step.keep ?? {}).flatMap(([name, member]) => {
    const found = findMember(value, member);
    return typeof found === 'string' || typeof found === 'number' ? [[name, String(found)]] : [];
  });
  return Object.fromEntries(kept);
}

function parseJson(body: string): Parameters<typeof findMember>[0] {
  try {
    return JSON.parse(body) as Parameters<typeof findMember>[0];
  } catch {
    return null;
  }
}

function numberOf({ number: name }: Probe, { content }: Observation): number | undefined {
  const found =
    name !== undefined && content.form === 'json' ? findMember(content.value, name) : undefined;
  if (Array.isArray(found)) return found.length;
  return typeof found === 'number' ? found : undefined;
}

/** `{number}`: thirteen digits, as an ISBN, that no other probe has. */
function numberOfRun(run: string): string {
  let number = 0;
  for (const character of run) number = (number * 31 + character.charCodeAt(0)) % 9_999_999_967;
  return `978${String(number).padStart(10, '0')}`;
}

/** The longest first: one may contain another. */
function masksOf(values: Values): readonly (readonly [string, string])[] {
  return Object.entries(values)
    .filter(([name]) => name !== 'n')
    .map(([name, value]) => [value, `{${name}}`] as const)
    .toSorted(([a], [b]) => b.length - a.length);
}
