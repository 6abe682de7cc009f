/** Probes: the requests that tell how a vendor treats a ledger row. Read from specs/probes/<vendor>.yaml. */
import { readFileSync } from 'node:fs';
import { MockError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Json, JsonObject } from '../messages/json.ts';
import { compileSchema } from '../schema/json-schema.ts';
import { parseLongYaml } from '../yaml/yaml-document.ts';
import { probeSchema } from './probe-schema.ts';

/** One request. `send` has to succeed; the answer to `ask` is compared. Both are `METHOD /path`. */
export type Step = {
  readonly send?: string;
  readonly ask?: string;
  /** How many times it is sent. `{n}` counts the requests of a probe. */
  readonly repeat?: number;
  /** A body of the file, with other members and without some. */
  readonly body?: string;
  readonly with?: JsonObject;
  readonly without?: readonly string[];
  readonly json?: Json;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The value of `Authorization`; `none` sends no credentials. Undefined: those that the user gave. */
  readonly credentials?: string;
  /** Placeholder to the member whose value it keeps; the first member of that name counts. */
  readonly keep?: Readonly<Record<string, string>>;
  /** What a success creates: a name under `creates`, and the placeholder that keeps its id. */
  readonly creates?: string;
  /** Members whose values are compared, and members whose lengths are. */
  readonly values?: readonly string[];
  readonly counts?: readonly string[];
  /** True: texts are compared although the answer is a success. */
  readonly words?: true;
  /** True: a 401 or 403 does not stop the run. */
  readonly mayBeDenied?: true;
};

export type Probe = {
  readonly row: string;
  /** For a row that takes a number: the member of the last answer that shows it, a number or a list. */
  readonly number?: string;
  /** Undefined: the row is not probed, and `notProbed` says why. */
  readonly steps?: readonly Step[];
  readonly notProbed?: string;
};

export type Probes = {
  readonly vendor: string;
  /** Values that the user can give by `--param`. */
  readonly parameters: Readonly<
    Record<string, { readonly default: string; readonly about: string }>
  >;
  readonly bodies: Readonly<Record<string, JsonObject>>;
  readonly creates: Readonly<Record<string, { readonly what: string; readonly remove?: string }>>;
  readonly probes: readonly Probe[];
};

/** Placeholders that every probe has. */
const BUILT_IN = ['run', 'n', 'number', 'credential'];
const PLACEHOLDER = /\{([a-z_]+)\}/g;

/** Throws `MockError` `broken-probes` with the file and the line. */
export function loadProbes(file: string, ledger: Ledger): Probes {
  const { value, fault, lineOf } = parseLongYaml(readFileSync(file, 'utf8'));
  if (fault) throw new MockError('broken-probes', `${file}:${fault.line} ${fault.message}`);
  const fail = (path: readonly string[], message: string): never => {
    throw new MockError('broken-probes', `${file}:${lineOf(path)} ${path.join('.')}: ${message}`);
  };
  const [wrong] = compileSchema(probeSchema)(value);
  if (wrong) return fail(wrong.path, wrong.message);
  const read = value as Pick<Probes, 'vendor' | 'probes'> & Partial<Probes>;
  const probes: Probes = { parameters: {}, bodies: {}, creates: {}, ...read };
  for (const [index, probe] of probes.probes.entries()) {
    const found = findFault(probe, index, probes, ledger);
    if (found !== undefined) return fail(['probes', String(index)], found);
  }
  return probes;
}

/** What the schema cannot know. Undefined: nothing is wrong. */
function findFault(
  probe: Probe,
  index: number,
  { vendor, parameters, bodies, creates, probes }: Probes,
  ledger: Ledger,
): string | undefined {
  const row = ledger.rows.find(({ id }) => id === probe.row);
  if (row?.vendor !== vendor) return `${probe.row} is not a ledger row of ${vendor}.`;
  if (probes.findIndex((each) => each.row === probe.row) < index) {
    return `${probe.row} has two probes. Join their steps.`;
  }
  if (probe.steps && (row.number !== undefined) !== (probe.number !== undefined)) {
    return `${probe.row} ${row.number ? 'takes a number: name the member that shows it with "number"' : 'takes no number'}.`;
  }
  const known = new Set([...BUILT_IN, ...Object.keys(parameters)]);
  for (const step of probe.steps ?? []) {
    if (step.body !== undefined && !bodies[step.body]) return `There is no body "${step.body}".`;
    if (step.creates !== undefined && !creates[step.creates]) {
      return `"creates" does not name "${step.creates}".`;
    }
    const body = step.body === undefined ? {} : bodies[step.body];
    const unknown = [...JSON.stringify([step, body]).matchAll(PLACEHOLDER)]
      .map(([, name = '']) => name)
      .find((name) => !known.has(name));
    if (unknown !== undefined) return `Nothing before this step has the value of {${unknown}}.`;
    for (const name of Object.keys(step.keep ?? {})) known.add(name);
  }
  return undefined;
}

export function isAsked(step: Step): boolean {
  return step.ask !== undefined;
}

/** Method and path, with placeholders. */
export function requestOf(step: Step): string {
  return step.ask ?? step.send ?? '';
}

/** How many requests a probe sends at most, those that clean up included. */
export function countRequests({ steps = [] }: Probe): number {
  return steps.reduce(
    (sum, { repeat = 1, creates }) => sum + repeat * (creates === undefined ? 1 : 2),
    0,
  );
}
