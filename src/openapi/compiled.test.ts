/** What is compiled ahead, against what Prism says and against the text that it was made from. */
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { calibrationSchema } from '../ledger/calibration-schema.ts';
import { ledgerSchema } from '../ledger/ledger-schema.ts';
import { scenarioSchema } from '../scenarios/scenario.ts';
import { isKnownGood } from '../schema/known-good.ts';
import { vendors } from '../vendors/index.ts';
import { readText } from '../yaml/read-text.ts';
import { checkResponse } from './check-response.ts';
import { NAMES } from './compile-ahead.ts';
import { fullChecks, quickChecks } from './compiled-checks.ts';
import { findCompiled } from './compiled-specs.ts';
import { compileSpec } from './compile-spec.ts';
import { loadSpec } from './load-spec.ts';
import { findBodySchema, validateOutput } from './prism-validators.ts';

const root = path.join(import.meta.dirname, '../..');
const fileOf = (name: string): string => path.join(root, 'specs', `${name}.yaml`);
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

describe('A text that is known to be good', () => {
  it('is so for its schema and its text alone', () => {
    const text = readText(fileOf('ledger'));
    expect(isKnownGood(ledgerSchema, text)).toBe(true);
    expect(isKnownGood(ledgerSchema, `${text} `)).toBe(false);
    expect(isKnownGood({ ...ledgerSchema, minProperties: 1 }, text)).toBe(false);
  });

  it('is checked against schemas that are valid themselves', () => {
    const ajv = new Ajv2020({ strict: false });
    for (const schema of [ledgerSchema, calibrationSchema, scenarioSchema(vendors)]) {
      expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true);
    }
  });
});
