import { globSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { SpecDocument } from './document.ts';
import { loadSpec } from './load-spec.ts';
import { readByPrism } from './read-by-prism.ts';
import { readOperations } from './read-operations.ts';

const specs = path.join(import.meta.dirname, '../../specs');

const names = globSync('*.yaml', { cwd: specs, exclude: ['ledger.yaml'] });

/** Prism makes a new id for each place that a part is used in; nothing reads them. */
function withoutIds(operations: readonly object[]): unknown {
  const text = JSON.stringify(operations, (name, value: unknown) =>
    name === 'x-stoplight' ? undefined : value,
  );
  return JSON.parse(text);
}

it.each(names)('reads %s as Prism does, and leaves the document as it is', async (name) => {
  const { document } = await loadSpec('any', path.join(specs, name));
  const before = structuredClone(document);
  const ours = await readOperations(document);
  expect(ours.length).toBeGreaterThan(0);
  expect(withoutIds(ours)).toEqual(withoutIds(await readByPrism(document)));
  expect(document).toEqual(before);
});

/** A tree of branches, whose schema the reference names. */
function describeTrees($ref: string): SpecDocument {
  const schema = { $ref: '#/components/schemas/Tree' };
  const content = { 'application/json': { schema } };
  return {
    openapi: '3.1.0',
    info: { title: 'Trees', version: '1' },
    paths: { '/trees': { get: { responses: { 200: { description: 'A tree', content } } } } },
    components: {
      schemas: {
        Tree: { type: 'object', properties: { branches: { type: 'array', items: { $ref } } } },
      },
    },
  };
}

it('leaves references that go in circles to Prism', async () => {
  const [operation] = await readOperations(describeTrees('#/components/schemas/Tree'));
  expect(operation?.path).toBe('/trees');
  expect(operation?.responses[0]?.contents?.[0]?.schema).toBeDefined();
  expect(() => JSON.stringify(operation)).not.toThrow();
});

it('says which reference leads nowhere', async () => {
  const broken = describeTrees('#/components/schemas/Bush');
  await expect(readOperations(broken)).rejects.toThrow(/Bush/);
});
