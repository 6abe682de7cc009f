import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parseLongYaml } from '../yaml/yaml-document.ts';
import { readByPrism } from './read-by-prism.ts';
import { readOperations } from './read-operations.ts';

const specs = path.join(import.meta.dirname, '../../specs');

function read(vendor: string): object {
  const text = readFileSync(path.join(specs, `${vendor}.yaml`), 'utf8');
  return parseLongYaml(text).value as object;
}

/** Prism makes a new id for each place that a part is used in; nothing reads them. */
function withoutIds(operations: readonly object[]): unknown {
  const text = JSON.stringify(operations, (name, value: unknown) =>
    name === 'x-stoplight' ? undefined : value,
  );
  return JSON.parse(text);
}

it.each(['ibl', 'thought-industries', 'alice', 'control'])(
  'reads %s as Prism does, and leaves the document as it is',
  async (vendor) => {
    const document = read(vendor);
    const ours = await readOperations(document);
    expect(ours.length).toBeGreaterThan(0);
    expect(withoutIds(ours)).toEqual(withoutIds(await readByPrism(document)));
    expect(document).toEqual(read(vendor));
  },
);

const circular = {
  openapi: '3.1.0',
  info: { title: 'Trees', version: '1' },
  paths: {
    '/trees': {
      get: {
        responses: {
          200: {
            description: 'A tree',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Tree' } } },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Tree: {
        type: 'object',
        properties: {
          branches: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
        },
      },
    },
  },
};

it('leaves references that go in circles to Prism', async () => {
  const [operation] = await readOperations(circular);
  expect(operation?.path).toBe('/trees');
  expect(operation?.responses[0]?.contents?.[0]?.schema).toBeDefined();
  expect(() => JSON.stringify(operation)).not.toThrow();
});

it('says which reference leads nowhere', async () => {
  const broken = structuredClone(circular);
  broken.components.schemas.Tree.properties.branches.items.$ref = '#/components/schemas/Bush';
  await expect(readOperations(broken)).rejects.toThrow(/Bush/);
});
