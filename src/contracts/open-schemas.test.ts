import { expect, it } from 'vitest';
import { openFreeFormObjects } from './open-schemas.ts';

const open = { type: 'object', additionalProperties: {} };

it('opens objects without names of their own, wherever they stand', () => {
  const spec = {
    components: { schemas: { Any: { type: 'object' }, List: { items: { type: 'object' } } } },
    schema: {
      type: 'object',
      properties: {
        empty: { type: 'object', properties: {} },
        named: { type: 'object', properties: { a: {} }, additionalProperties: true },
        nested: { allOf: [{ type: 'object', description: 'Any.' }] },
      },
    },
  };
  expect(openFreeFormObjects(spec)).toEqual({
    components: { schemas: { Any: open, List: { items: open } } },
    schema: {
      type: 'object',
      properties: {
        empty: { ...open, properties: {} },
        named: { ...open, properties: { a: {} } },
        nested: { allOf: [{ ...open, description: 'Any.' }] },
      },
    },
  });
});

it.each([
  { type: 'object', properties: { a: { type: 'string' } } },
  { type: 'object', additionalProperties: false },
  { type: 'object', additionalProperties: { type: 'string' } },
  { type: 'string' },
  { $ref: '#/components/schemas/Any' },
  { properties: { type: { enum: ['object'] } } },
])('leaves %j as it is', (schema) => {
  expect(openFreeFormObjects(schema)).toEqual(schema);
});
