import { expect, it } from 'vitest';
import { fillParameters, parametersOf } from './fill-parameters.ts';
import { resolveParams } from './parameters.ts';

const scenario = {
  providerStates: ['license {id} exists'],
  parameters: {
    count: { type: 'integer', minimum: 0, default: 10 },
    id: { type: 'string' },
  },
  ibl: { licenses: [{ external_id: '{id}', count: '{count}', name: 'Number {id}' }] },
};

it('are those of the sentences, then the others that are declared', () => {
  expect(parametersOf(scenario)).toEqual(['id', 'count']);
});

it('have a default where nobody says', () => {
  expect(resolveParams(scenario, { id: 'a' }, 's.yaml')).toEqual({ id: 'a', count: 10 });
  expect(fillParameters(scenario, { id: 'a' }, 's.yaml')).toMatchObject({
    parameters: scenario.parameters,
    ibl: { licenses: [{ external_id: 'a', count: 10, name: 'Number a' }] },
  });
});

it.each([
  [
    { id: 'a', count: '10' },
    's.yaml has an invalid value for the parameter {count}: "10" must be integer.',
  ],
  [{ id: 'a', count: -1 }, '{count}: -1 must be >= 0.'],
  [{ id: 7 }, '{id}: 7 must be string.'],
])('are of the declared type: not %j', (params, message) => {
  expect(() => resolveParams(scenario, params, 's.yaml')).toThrow(message);
});

it('are JSON Schemas', () => {
  const broken = { parameters: { a: { type: 'texts', default: 'x' } } };
  expect(() => resolveParams(broken, {}, 's.yaml')).toThrow(
    's.yaml parameters.a is not a JSON Schema.',
  );
});
