/** What is compiled ahead, against what Prism says and against the text that it was made from. */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationSchema } from '../ledger/calibration-schema.ts';
import type { Json, JsonObject } from '../messages/json.ts';
import { ledgerSchema } from '../ledger/ledger-schema.ts';
import { serveSpecs } from '../parts.ts';
import { scenarioSchema } from '../scenarios/scenario.ts';
import { compileGivenSchema } from '../schema/json-schema.ts';
import { COMPILED, findWrittenCheck, isKnownGood } from '../schema/known-good.ts';
import { parseMoment } from '../time/moment.ts';
import { vendors } from '../vendors/index.ts';
import { readText } from '../yaml/read-text.ts';
import { parseYaml } from '../yaml/yaml-document.ts';
import { checkResponse } from './check-response.ts';
import { NAMES } from './compile-ahead.ts';
import { fullChecks, quickChecks } from './compiled-checks.ts';
import { findCompiled } from './compiled-specs.ts';
import { compileSpec } from './compile-spec.ts';
import { loadSpec } from './load-spec.ts';
import {
  findBodySchema,
  fitsWithoutBody,
  validateInput,
  validateOutput,
} from './prism-validators.ts';

const root = path.join(import.meta.dirname, '../..');
const fileOf = (name: string): string => path.join(root, 'specs', `${name}.yaml`);
/** With one value after the other replaced, down to some depth. */
function* bend(value: Json, depth = 4): Generator<Json> {
  if (typeof value !== 'object' || value === null || depth === 0) return;
  if (Array.isArray(value)) {
    const [first = null, ...rest] = value;
    for (const each of bend(first, depth - 1)) yield [each, ...rest];
    return;
  }
  yield { ...value, unknown: 1 };
  for (const [name, each] of Object.entries(value)) {
    for (const strange of ['now-1d', 'nowish', -1, null, [], {}])
      yield { ...value, [name]: strange };
    for (const bent of bend(each, depth - 1)) yield { ...value, [name]: bent };
  }
}
const refuse = (message: string): never => {
  throw new Error(message);
};

describe.each(NAMES)('%s.yaml, compiled ahead', (name) => {
  it('is what its text comes to', async () => {
    const file = fileOf(name);
    const text = readText(file);
    const compiled = findCompiled(name, file, text);
    expect(compiled).toEqual(await compileSpec(name, file, text, refuse));
    expect(findCompiled(name, file, `${text}\n# edited`)).toBeUndefined();
  });

  it('has a check for each body that is judged by its schema alone', async () => {
    const { operations } = await loadSpec(name, fileOf(name));
    const checks: unknown[] = [];
    for (const { prism, bodySchema } of operations) {
      if (bodySchema) checks.push(fullChecks.find(bodySchema));
      for (const { contents = [] } of prism.responses) {
        for (const { mediaType } of contents) {
          const schema = findBodySchema(contents, mediaType);
          if (schema) checks.push(quickChecks.find(schema));
        }
      }
    }
    expect(checks.length).toBeGreaterThan(50);
    expect(checks.filter((check) => typeof check !== 'function')).toEqual([]);
  });

  it('lets only those queries and paths pass that Prism lets pass', async () => {
    const { operations } = await loadSpec(name, fileOf(name));
    const values = [
      '',
      '0',
      '7',
      '-1',
      'abc',
      '1.5',
      'true',
      'a/b%2F',
      '2026-01-01',
      'a@b.cd',
      ['1', '2'],
    ];
    const counts = { passed: 0, refused: 0 };
    for (const { prism: resource } of operations) {
      const { query = [], path: inPath = [] } = resource.request ?? {};
      const names = (specs: readonly { readonly name: string }[]) => specs.map((each) => each.name);
      for (const value of values) {
        const single = Array.isArray(value) ? 'x' : value;
        const parameters = Object.fromEntries(names(inPath).map((each) => [each, single]));
        const filled = resource.path.replaceAll(/\{([^}]+)\}/g, (_, each: string) =>
          encodeURIComponent(parameters[each] ?? ''),
        );
        const queries = [
          {},
          { unknown: value },
          ...names(query).map((each) => ({ [each]: value })),
          Object.fromEntries(names(query).map((each) => [each, value])),
        ];
        for (const each of queries) {
          if (!fitsWithoutBody(resource, each, parameters)) {
            counts.refused += 1;
            continue;
          }
          counts.passed += 1;
          const element = {
            method: resource.method as 'get',
            url: { path: filled, query: each as Record<string, string | string[]> },
          };
          expect(
            validateInput({ resource, element }),
            `${filled} ${JSON.stringify(each)}`,
          ).toMatchObject({
            _tag: 'Right',
          });
        }
      }
    }
    // Not only the empty ones.
    expect(counts.passed).toBeGreaterThan(100);
    expect(counts.refused).toBeGreaterThan(100);
  });

  it('judges the headers of an answer as Prism does, whatever came before', async () => {
    const { operations } = await loadSpec(name, fileOf(name));
    const values = ['', '0', '7', '120', '-1', 'abc', '1.5', '2026-01-01'];
    let faults = 0;
    for (const spec of operations) {
      for (const { code, contents = [], headers: documented = [] } of spec.prism.responses) {
        const [content] = contents;
        const [example] = content?.examples ?? [];
        if (!content || !example || !('value' in example) || documented.length === 0) continue;
        for (const value of values) {
          const headers = {
            'Content-Type': content.mediaType,
            ...Object.fromEntries(documented.map((each) => [each.name, value])),
          };
          const element = { statusCode: Number(code), headers, body: example.value };
          const inFull = validateOutput({ resource: spec.prism, element });
          const expected = inFull._tag === 'Left' ? inFull.left.map(({ message }) => message) : [];
          const answer = { status: Number(code), headers, body: example.value as never };
          expect(checkResponse(spec, answer)).toEqual(expected);
          faults += expected.length;
        }
      }
    }
    expect(faults).toBeGreaterThanOrEqual(name === 'thought-industries' ? 100 : 0);
  });
});

it('knows a date-time as Prism does', () => {
  const require = createRequire(import.meta.url);
  const { formats } = require(path.join(COMPILED, 'formats.cjs')) as {
    formats: { 'date-time': { validate(text: string): boolean } };
  };
  const prism = require('@stoplight/prism-http/dist/validator/validators/dateTime.js') as {
    date_time(text: string): boolean;
  };
  const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
  const near = fc
    .tuple(
      fc.oneof(digits(4), fc.constant('2026')),
      fc.oneof(digits(2), fc.constantFrom('01', '02', '12')),
      fc.oneof(digits(2), fc.constantFrom('01', '28', '29', '30', '31')),
      fc.constantFrom('T', 't', ' ', ''),
      fc.oneof(digits(2), fc.constantFrom('00', '23', '24')),
      fc.oneof(digits(2), fc.constantFrom('00', '59', '60')),
      fc.oneof(digits(2), fc.constantFrom('00', '59', '60')),
      fc.constantFrom('', '.', '.1', '.123456', ',5'),
      fc.constantFrom('Z', 'z', '', '+01:00', '-0130', 'Z\n'),
    )
    .map(([y, m, d, t, h, min, s, f, z]) => `${y}-${m}-${d}${t}${h}:${min}:${s}${f}${z}`);
  fc.assert(
    fc.property(near, (text) => {
      expect(formats['date-time'].validate(text)).toBe(prism.date_time(text));
    }),
    { numRuns: 2000 },
  );
});

describe('A text that is known to be good', () => {
  it('is so for its schema and its text alone', () => {
    const text = readText(fileOf('ledger'));
    expect(isKnownGood(ledgerSchema, text)).toBe(true);
    expect(isKnownGood(ledgerSchema, `${text} `)).toBe(false);
    expect(isKnownGood({ ...ledgerSchema, minProperties: 1 }, text)).toBe(false);
  });

  it('is not needed: a written check says of each value what the compiled schema does', async () => {
    const served = await serveSpecs({ specs: undefined }, vendors);
    const schema = scenarioSchema(served.map(({ vendor }) => vendor));
    const fits = findWrittenCheck(schema, { moment: (text) => parseMoment(text, 0) !== undefined });
    const findViolations = compileGivenSchema(schema);
    const folder = path.join(root, 'scenarios');
    let faulty = 0;
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.yaml'))) {
      const scenario = parseYaml(readText(path.join(folder, name))).value as JsonObject;
      for (const value of [scenario, ...bend(scenario)]) {
        const isRight = findViolations(value).length === 0;
        expect(fits?.(value)).toBe(isRight);
        if (!isRight) faulty += 1;
      }
    }
    expect(faulty).toBeGreaterThan(100);
    expect(findWrittenCheck({ ...schema, title: 'another' }, {})).toBeUndefined();
  });

  it('is checked against schemas that are valid themselves', () => {
    const ajv = new Ajv2020({ strict: false });
    for (const schema of [ledgerSchema, calibrationSchema, scenarioSchema(vendors)]) {
      expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true);
    }
  });
});
