/** Prism's internal modules still exist, and calling them directly gives the same results as Prism's public API. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isLong } from '../../test/support/runs.ts';
import type { Json } from '../messages/json.ts';
import type { SpecOperation } from './spec.ts';
import { loadSpecs } from './load-specs.ts';
import { findBodySchema, validateBody, validateInput, validateOutput } from './prism-validators.ts';

const root = path.join(import.meta.dirname, '../..');
/** Of the answers, `npm test` takes each fourth: Ajv needs up to a second to compile the schema of one. */
const EVERY = isLong ? 1 : 4;
const STRANGE: readonly Json[] = [{}, [], '', 'text', 0, -1, 1.5, true, { a: [{}] }, [null]];

let operations: readonly SpecOperation[] = [];
beforeAll(async () => {
  const { specs } = await loadSpecs(path.join(root, 'specs'));
  operations = specs.flatMap((spec) => spec.operations);
});

type Content = { readonly mediaType: string; readonly examples?: readonly object[] };

/** The examples of the spec, whole and with each field missing or strange. */
function variantsOf({ examples = [] }: Content): readonly Json[] {
  const values = examples.flatMap((each) => ('value' in each ? [each.value as Json] : []));
  const bent = values.flatMap((value) =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? []
      : Object.keys(value).flatMap((name): Json[] => {
          const { [name]: _, ...rest } = value;
          return [rest, ...STRANGE.map((strange) => ({ ...value, [name]: strange }))];
        }),
  );
  return [...values, ...bent, ...STRANGE];
}

describe('Prism’s validators', () => {
  it('are of the version that they were read in', () => {
    const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(dependencies['@stoplight/prism-http']).toBe('5.16.0');
  });

  it('judge a request’s body by the schema alone as they do in full', () => {
    let judged = 0;
    for (const { prism: resource, bodySchema } of operations) {
      const [content] = resource.request?.body?.contents ?? [];
      if (!bodySchema || !content) continue;
      for (const body of variantsOf(content as Content).filter(Boolean)) {
        const headers = { 'content-type': 'application/json', 'content-length': '0' };
        const element = { method: 'post' as const, url: { path: resource.path }, headers, body };
        const inFull = validateInput({ resource, element });
        const faults = inFull._tag === 'Left' ? inFull.left : [];
        expect(validateBody(body, bodySchema, 'Input', resource)).toEqual(faults);
        judged += 1;
      }
    }
    expect(judged).toBeGreaterThan(200);
  });

  it('judge an answer’s body by the schema alone as they do in full', () => {
    let judged = 0;
    const answers = operations
      .flatMap(({ prism: resource }) =>
        resource.responses.map((response) => ({ resource, response })),
      )
      .filter((_, i) => i % EVERY === 0);
    for (const { resource, response } of answers) {
      const { code, contents = [] } = response;
      const types = contents.flatMap(({ mediaType }) => [mediaType, `${mediaType}; charset=utf-8`]);
      for (const [i, mediaType] of types.entries()) {
        const schema = findBodySchema(contents, mediaType);
        const content = contents[i >> 1];
        if (!schema || !content) continue;
        for (const body of variantsOf(content as Content)) {
          const headers = { 'content-type': mediaType };
          const element = { statusCode: Number(code), headers, body };
          const inFull = validateOutput({ resource, element });
          const faults = inFull._tag === 'Left' ? inFull.left : [];
          // Headers are checked once for each kind of answer, not here.
          const ofBody = faults.filter(({ path: [place] = [] }) => place === 'body');
          expect(validateBody(body, schema, 'Output', resource)).toEqual(ofBody);
          judged += 1;
        }
      }
    }
    expect(judged).toBeGreaterThan(2000 / EVERY);
  });
});
