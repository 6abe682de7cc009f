/** What can be posted as an override: each field by the spec, and which of them go together. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileSchema, unescapePointer } from '../../src/schema/json-schema.ts';
import { control } from '../support/control-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { runs } from '../support/runs.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const AT = '/sandboxes/default/overrides';
const add = (body: unknown) => control(server.url, `POST ${AT}`, body);
const effect = { preset: 'outage' };

describe('a field that is not as the spec has it', () => {
  it.each<[unknown, string, string]>([
    [[], '#', 'must be object'],
    [{}, '#/effect', "must have required property 'effect'"],
    [{ effect: 'slow' }, '#/effect', 'must be object'],
    [{ effect, until: 1 }, '#/until', 'no field "until"'],
    [{ effect, 'a/b~c%': 1 }, '#/a~1b~0c%25', 'no field "a/b~c%"'],
    [{ effect, '\ud800': 1 }, '#/%EF%BF%BD', 'no field'],
    ['{"effect":{"preset":"slow"},"__proto__":1}', '#/__proto__', 'no field "__proto__"'],
    [{ effect, vendor: 1 }, '#/vendor', 'must be string'],
    [{ effect, atMost: 0 }, '#/atMost', 'must be >= 1'],
    [{ effect, atMost: 1.5 }, '#/atMost', 'must be integer'],
    [{ effect, probability: 1.1 }, '#/probability', 'must be <= 1'],
    [{ effect, probability: -0.1 }, '#/probability', 'must be >= 0'],
    [{ effect, probability: '0.5' }, '#/probability', 'must be number'],
    [{ effect, when: { call: 0 } }, '#/when/call', 'must be >= 1'],
    [{ effect, when: { vendor: 'ibl' } }, '#/when/vendor', 'no field "vendor"'],
    [{ effect, when: { query: { page: 1 } } }, '#/when/query/page', 'must be string'],
    [{ effect: { replies: {} } }, '#/effect/replies', 'no field "replies"'],
    [{ effect: { reply: 'none' } }, '#/effect/reply', 'must be object'],
    [{ effect: { reply: { status: 199 } } }, '#/effect/reply/status', 'must be >= 200'],
    [{ effect: { reply: { status: 600 } } }, '#/effect/reply/status', 'must be <= 599'],
    [
      { effect: { reply: { error: 'teapot' } } },
      '#/effect/reply/error',
      'values: unauthenticated,',
    ],
    [{ effect: { delay: { ms: -1 } } }, '#/effect/delay/ms', 'must be >= 0'],
    [{ effect: { delay: { ms: 60_001 } } }, '#/effect/delay/ms', 'must be <= 60000'],
    [{ effect: { delay: { minMs: 0, maxMs: 1e9 } } }, '#/effect/delay/maxMs', 'must be <= 60000'],
    [
      { effect: { rateLimit: { limit: 1 } } },
      '#/effect/rateLimit/windowSeconds',
      "must have required property 'windowSeconds'",
    ],
    [
      { effect: { rateLimit: { limit: 0, windowSeconds: 1 } } },
      '#/effect/rateLimit/limit',
      'must be >= 1',
    ],
    [
      { effect: { rateLimit: { limit: 1, windowSeconds: 0 } } },
      '#/effect/rateLimit/windowSeconds',
      'must be >= 1',
    ],
    [
      { effect: { fault: 'explode' } },
      '#/effect/fault',
      'values: truncate, reset-before, reset-after, hang.',
    ],
    [{ effect: { preset: 'slowly' } }, '#/effect/preset', 'flaky, slow'],
    [{ effect: { preset: '__proto__' } }, '#/effect/preset', 'flaky, slow'],
  ])('%j is one problem, of %s', async (body, pointer, message) => {
    const answer = await add(body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ type: '/_mock/errors/invalid-request', pointer });
    expect(answer.body['detail']).toContain(message);
    expect(answer.body['errors']).toHaveLength(1);
  });
  it('is the whole body where that is no object at all', async () => {
    const { body } = await add('null');
    expect(body).toMatchObject({ pointer: '#', detail: expect.stringContaining('not an object') });
  });
  it('is told with its place, once', async () => {
    const { body } = await add({ effect: { delay: { ms: 60_001 } } });
    expect(body['detail']).toBe('effect.delay.ms: must be <= 60000.');
  });
  it('is told briefly, however long its name is', async () => {
    const { body } = await add({ effect, ['x'.repeat(100_000)]: 1 });
    expect(String(body['detail']).length).toBeLessThan(1_000);
  });
  it('is not looked for in a value that is nested too deep', async () => {
    const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
    const answer = await add(`{"effect":{"patch":${deep}}}`);
    expect(answer.status).toBe(400);
    expect(answer.body['detail']).toContain('more deeply than 100 levels');
  });
});

type Schema = {
  readonly $ref?: string;
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly enum?: readonly string[];
  readonly example?: unknown;
};
const { components } = parse(
  readFileSync(path.join(import.meta.dirname, '../../specs/control.yaml'), 'utf8'),
) as { readonly components: { readonly schemas: Readonly<Record<string, Schema>> } };
const findFaults = compileSchema({ components, $ref: '#/components/schemas/Override' });

/** Where a schema has no example of its own, that of a name leads to the next schema. */
function resolve(schema: Schema): Schema {
  const named = components.schemas[schema.$ref?.split('/').at(-1) ?? ''];
  return named ? { ...resolve(named), ...schema } : schema;
}

/** Values of a schema by the spec alone: its names, its example, or one of each combination of its fields. */
function valuesOf(given: Schema): readonly unknown[] {
  const schema = resolve(given);
  if (schema.enum) return schema.enum;
  if (schema.example !== undefined) return [schema.example];
  const alternatives = schema.oneOf?.map(resolve) ?? [schema];
  const fields = Object.assign({}, ...alternatives.map(({ properties }) => properties));
  return combinationsOf(fields);
}

/** Objects with any of the fields, whether they go together or not; none of them has more than one value a field. */
function combinationsOf(fields: Readonly<Record<string, Schema>>): readonly object[] {
  return Object.entries(fields).reduce<readonly object[]>(
    (objects, [name, schema]) => {
      const [value] = valuesOf(schema);
      return [...objects, ...objects.map((each) => ({ ...each, [name]: value }))];
    },
    [{}],
  );
}

const parts = new Map<string, readonly unknown[]>();
for (const { properties = {} } of components.schemas['Effect']?.oneOf ?? []) {
  for (const [name, schema] of Object.entries(properties)) {
    parts.set(name, [...new Set([...(parts.get(name) ?? []), ...valuesOf(schema)])]);
  }
}
/** Each part alone, with each of its values, right or wrong. */
const singles = [...parts].flatMap(([name, values]) => values.map((value) => ({ [name]: value })));
/** Each two of those that are right alone. */
const right = singles.filter((single) => findFaults({ effect: single }).length === 0);
const pairs = right.flatMap((one, i) => right.slice(i + 1).map((other) => ({ ...one, ...other })));
/** Any of the parts, in any combination. */
const anyParts = fc.record(
  Object.fromEntries([...parts].map(([name, all]) => [name, fc.constantFrom(...all)])),
  { requiredKeys: [] },
);

/** What the spec allows is taken, and all else refused by a sentence. */
async function expectAsInSpec(some: object): Promise<void> {
  const answer = await add({ effect: some });
  const fits = findFaults({ effect: some }).length === 0;
  expect(
    answer.status,
    `${JSON.stringify(some)}: the alternatives of Effect in specs/control.yaml and src/overrides/find-conflicts.ts disagree.`,
  ).toBe(fits ? 201 : 422);
  expect(fits ? 'effect.' : answer.body['detail']).toMatch(/^effect.*\.$/);
  await control(server.url, `DELETE ${AT}`);
}

describe('any value', () => {
  it('is each part of an effect alone and each two of them, as the spec has them', async () => {
    expect(pairs.length).toBeGreaterThan(singles.length);
    for (const some of [...singles, ...pairs]) await expectAsInSpec(some);
  });

  it('is taken where it is one of the alternatives of the spec, and else refused by a sentence', async () => {
    await fc.assert(fc.asyncProperty(anyParts, expectAsInSpec), { numRuns: runs(300) });
  });

  it('is taken as it is, or refused at a place that is there', async () => {
    const number = fc.oneof(fc.integer({ min: -1, max: 70_000 }), fc.double({ min: -1, max: 2 }));
    const texts = fc.dictionary(
      fc.string(),
      fc.string({ unit: fc.constantFrom('/', '(', 'a', '\\', 'i') }),
    );
    const some = (fields: Record<string, fc.Arbitrary<unknown>>) =>
      fc.record(
        Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [
            name,
            fc.oneof({ weight: 4, arbitrary: value }, fc.jsonValue()),
          ]),
        ),
        { requiredKeys: [] },
      );
    const override = some({
      vendor: fc.constantFrom('ibl', 'alice'),
      operation: fc.constantFrom('addLicense', 'listProgramLicenses'),
      when: some({ headers: texts, query: texts, call: number }),
      atMost: number,
      effect: some({
        reply: some({ status: number, headers: texts }),
        delay: some({ ms: number, minMs: number, maxMs: number }),
        fault: fc.constantFrom('hang', 'truncate'),
      }),
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(override, fc.jsonValue()), async (value) => {
        const { status, body } = await add(JSON.stringify(value));
        expect([201, 422]).toContain(status);
        const { id: _, calls: __, hits: ___, ...kept } = body;
        const isFine =
          status === 201
            ? isDeepStrictEqual(kept, JSON.parse(JSON.stringify(value)))
            : isThere(value, String(body['pointer']));
        expect(isFine, JSON.stringify(body)).toBe(true);
        await control(server.url, `DELETE ${AT}`);
      }),
      { numRuns: runs(300) },
    );
  });
});

/** A field that is missing is one of an object that is there. */
function isThere(value: unknown, pointer: string): boolean {
  let at = value;
  for (const segment of pointer.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) return false;
    const name = unescapePointer(decodeURIComponent(segment));
    at = Object.entries(at).find(([key]) => key.toWellFormed() === name)?.[1];
  }
  return pointer.startsWith('#');
}
