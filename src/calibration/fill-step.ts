/** Makes a request of a step: fills placeholders, builds the body. */
import type { Json, JsonObject } from '../messages/json.ts';
import { isJsonObject } from '../messages/json.ts';
import { requestOf, type Step } from './probe.ts';

export type ProbeRequest = {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** False: the user's credentials are left out; the step has its own, or none. */
  readonly hasCredentials: boolean;
};

export type Values = Readonly<Record<string, string>>;

export function fillStep(
  step: Step,
  values: Values,
  bodies: Readonly<Record<string, JsonObject>>,
): ProbeRequest {
  const [method = '', target = ''] = fill(requestOf(step), values, encodeURIComponent).split(' ');
  const body = bodyOf(step, values, bodies);
  const { credentials } = step;
  const own = credentials === undefined || credentials === 'none' ? undefined : credentials;
  return {
    method,
    path: target,
    headers: {
      accept: 'application/json',
      ...(body !== '' && { 'content-type': 'application/json' }),
      ...(own !== undefined && { authorization: fill(own, values) }),
      ...Object.fromEntries(
        Object.entries(step.headers ?? {}).map(([name, value]) => [
          name.toLowerCase(),
          fill(value, values),
        ]),
      ),
    },
    body,
    hasCredentials: credentials === undefined,
  };
}

function bodyOf(step: Step, values: Values, bodies: Readonly<Record<string, JsonObject>>): string {
  if (step.text !== undefined) {
    return fill(step.text, values, isForm(step) ? encodeURIComponent : String);
  }
  if (step.json !== undefined) return JSON.stringify(fillJson(step.json, values));
  if (step.body === undefined && !step.with) return '';
  const { body: name = '', with: changed = {}, without = [] } = step;
  const members = Object.entries({ ...bodies[name], ...changed });
  const kept = Object.fromEntries(members.filter(([key]) => !without.includes(key)));
  return JSON.stringify(fillJson(kept, values));
}

function isForm({ headers = {} }: Step): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
}

function fillJson(value: Json, values: Values): Json {
  if (typeof value === 'string') return fill(value, values);
  if (Array.isArray(value)) return value.map((each) => fillJson(each, values));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [fill(key, values), fillJson(each, values)]),
  );
}

/** A placeholder without a value stays: the step that keeps it got no such member. */
function fill(text: string, values: Values, encode: (value: string) => string = String): string {
  return text.replaceAll(/\{([a-z_]+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? whole : encode(value);
  });
}
