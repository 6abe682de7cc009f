/** Generates requests for an operation from its spec, mostly valid, so that they pass the first check. */
import fc from 'fast-check';
import type { Served } from '../../src/http/find-route.ts';
import type { Json, JsonObject } from '../../src/messages/json.ts';
import type { SpecOperation } from '../../src/openapi/spec.ts';
import type { Operation, Schema } from '../../src/openapi/operation.ts';
import type { Vendor } from '../../src/vendors/vendor.ts';

export type Target = {
  readonly operation: Operation;
  /** The first of the vendor's credentials. */
  readonly headers: Readonly<Record<string, string>>;
  readonly path: fc.Arbitrary<string>;
  readonly query: fc.Arbitrary<[string, string][]>;
  /** Undefined if the operation takes no body. */
  readonly body: fc.Arbitrary<JsonObject> | undefined;
};

const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>,
  fc.constantFrom(null, '', ' ', 0, -1, 1.5, 7, true, 'true', 'yes', '7', '7.0', 2 ** 31, 2 ** 53),
  fc.constantFrom('\u0000', '2026-01-01', 'now', [], {}, '__proto__'),
);
const instant = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString());

/** One target for each operation: `ibl createProgramLicense`. Throws if a vendor or spec says too little for one. */
export function fuzzTargets(
  served: readonly Pick<Served, 'vendor' | 'spec'>[],
): ReadonlyMap<string, Target> {
  return new Map(
    served.flatMap(({ vendor, spec }) =>
      spec.operations.map(
        (each) => [nameOf(vendor, each.operation), toTarget(vendor, each)] as const,
      ),
    ),
  );
}

function nameOf({ name }: Vendor, { id }: Operation): string {
  return `${name} ${id}`;
}

function toTarget(vendor: Vendor, spec: SpecOperation): Target {
  const { operation } = spec;
  return {
    operation,
    headers: credentialOf(vendor),
    path: pathOf(operation),
    query: queryOf(spec),
    body: operation.body && objectOf(operation.body, nameOf(vendor, operation)),
  };
}

/** Of what the banner shows: `Authorization: Api-Token dm-admin  (DM admin)`, or `none needed`. */
function credentialOf(vendor: Vendor): Readonly<Record<string, string>> {
  const [first] = vendor.introduce(vendor.scenario.configure({})).credentials;
  if (first === 'none needed') return {};
  const [, name, value] = /^([\w-]+): (.*?)(?: {2}\(.*\))?$/.exec(first ?? '') ?? [];
  if (name !== undefined && value !== undefined) return { [name.toLowerCase()]: value };
  throw new Error(`No fuzz target: ${vendor.name} introduces no credential that can be sent.`);
}

function pathOf({ path, parameters }: Operation): fc.Arbitrary<string> {
  const segment = (schema: Schema) => valueOf(schema).map(asText).filter(isSegment);
  const values = Object.entries(parameters).map(([name, schema]) => [name, segment(schema)]);
  return fc
    .record(Object.fromEntries(values) as Record<string, fc.Arbitrary<string>>)
    .map((chosen) =>
      path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(chosen[name] ?? '')),
    );
}

/** What fetch sends as it is: it would resolve dots, and cannot encode half a character. */
function isSegment(text: string): boolean {
  return text.isWellFormed() && !/^\.*$/.test(text);
}

/** Required parameters are mostly there, with their example or a value of their type. */
function queryOf({ operation: { query }, prism }: SpecOperation): fc.Arbitrary<[string, string][]> {
  const known = Object.entries(query).map(([name, schema]) =>
    fc.tuple(fc.constant(name), fc.oneof(valueOf(schema).map(asText), fc.string())),
  );
  const unknown = fc.tuple(fc.oneof(fc.constantFrom('__proto__'), fc.string()), fc.string());
  const any = fc.array(fc.oneof(...known, unknown), { maxLength: known.length === 0 ? 1 : 6 });
  const required = (prism.request?.query ?? []).filter((parameter) => parameter.required);
  if (required.length === 0) return fc.oneof(any, fc.constant<[string, string][]>([]));
  const needed = required.map(({ name, schema, examples = [] }) => {
    const shown = examples.flatMap((each) => ('value' in each ? [String(each.value)] : []));
    const fitting = valueOf((schema ?? {}) as Schema).map(asText);
    const value = shown.length > 0 ? fc.oneof(fc.constantFrom(...shown), fitting) : fitting;
    return fc.tuple(fc.constant(name), value);
  });
  // The last of several values counts.
  return fc
    .tuple(fc.oneof(any, fc.constant([])), fc.option(fc.tuple(...needed), { freq: 8, nil: [] }))
    .map(([others, own]) => [...others, ...own]);
}

function objectOf(schema: Schema, place: string): fc.Arbitrary<JsonObject> {
  if (!schema.properties)
    throw new Error(`No fuzz target: the body of ${place} has no properties.`);
  const properties = Object.entries(schema.properties);
  // About one wrong value in every second body, for any number of properties.
  const weight = 2 * properties.length;
  const model = properties.map(([name, property]) => {
    const value = fc.oneof({ weight, arbitrary: valueOf(property) }, { weight: 1, arbitrary: odd });
    return [name, value] as const;
  });
  const requiredKeys = [...(schema.required ?? [])];
  const settings = { requiredKeys, noNullPrototype: true };
  // Some bodies have examples only, which go together.
  const shown = properties.map(([name, property]) => [name, exampleOf(property)] as const);
  return fc.oneof(
    fc.record(Object.fromEntries(model), settings),
    fc.record(Object.fromEntries(shown), settings),
  );
}

function exampleOf(schema: Schema): fc.Arbitrary<Json> {
  const first = schema.example ?? schema.examples?.[0];
  return first === undefined ? valueOf(schema) : fc.constant(first as Json);
}

/** A value that the schema is meant for: one of its examples, or one of its type. */
function valueOf(schema: Schema): fc.Arbitrary<Json> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const examples = [schema.example, ...(schema.examples ?? [])].filter(
    (each) => each !== undefined,
  );
  const typed = [schema.type ?? []].flat().map((type) => ofType(type, schema));
  const alternatives = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].map(valueOf);
  const good = [...examples.map((each) => fc.constant(each as Json)), ...typed, ...alternatives];
  return good.length > 0 ? fc.oneof(...good) : odd;
}

function ofType(
  type: string,
  { format, minLength = 0, items, properties }: Schema,
): fc.Arbitrary<Json> {
  switch (type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.oneof(fc.integer({ min: 1, max: 30 }), fc.nat());
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'string':
      if (format === 'uuid') return fc.uuid();
      if (format === 'email') return fc.emailAddress();
      return format === 'date-time'
        ? instant
        : fc.string({ minLength, maxLength: minLength + 20, unit: 'grapheme' });
    case 'array':
      return fc.array(valueOf(items ?? { type: 'string' }), { maxLength: 3 });
    case 'object':
      if (!properties) return fc.dictionary(fc.string(), odd);
      return fc.record(
        Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, valueOf(each)])),
      );
    default:
      return fc.constant(null);
  }
}

export function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
