import { expect, it } from 'vitest';
import { fillParameters, parametersOf } from './fill-parameters.ts';
import { resolveParams, toDeclaredTypes } from './parameters.ts';

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

const typed = {
  parameters: {
    text: { type: 'string' },
    count: { type: 'integer' },
    share: { type: ['number', 'null'] },
    active: { type: 'boolean' },
    free: { minLength: 1 },
  },
};

it.each([
  [{ text: 42 }, { text: '42' }],
  [{ text: true }, { text: 'true' }],
  [{ text: '007' }, { text: '007' }],
  [{ count: '42' }, { count: 42 }],
  [{ count: '-3' }, { count: -3 }],
  [{ count: '5.0' }, { count: 5 }],
  [{ count: '0' }, { count: 0 }],
  [{ share: '0.50' }, { share: 0.5 }],
  [{ active: 'true' }, { active: true }],
  [{ active: 'False' }, { active: false }],
])('are taken by the declared type: %j as %j', (given, taken) => {
  expect(toDeclaredTypes(typed, given)).toEqual(taken);
});

it.each([
  { count: '007' },
  { count: '+4' },
  { count: ' 4' },
  { count: '4 seats' },
  { count: '12345678901234567890' },
  { count: '' },
  { count: true },
  { share: 'NaN' },
  { text: 12_345_678_901_234_567_000 },
  { active: 'yes' },
  { active: 1 },
])('stay as they are where another type would lose something: %j', (given) => {
  expect(toDeclaredTypes(typed, given)).toEqual(given);
});

it('have no type of their own where the file declares none', () => {
  expect(toDeclaredTypes(typed, { free: 1, toString: 1 })).toEqual({});
});
