import { expect, it } from 'vitest';
import { fillParameters } from './fill-parameters.ts';

const scenario = {
  providerStates: ['a license {externalId} with {count} seats exists'],
  ibl: {
    licenses: [{ external_id: '{externalId}', count: '{count}', name: 'For {externalId} {x}' }],
  },
};

it('puts values in, keeps their types, and leaves other braces alone', () => {
  expect(fillParameters(scenario, { externalId: 'a', count: 5 }, 's.yaml')).toEqual({
    providerStates: scenario.providerStates,
    ibl: { licenses: [{ external_id: 'a', count: 5, name: 'For a {x}' }] },
  });
});

it('refuses a parameter without a value, and a value without use', () => {
  expect(() => fillParameters(scenario, { externalId: 'a' }, 's.yaml')).toThrow(
    's.yaml needs a value for the parameter {count}. Its parameters: externalId, count.',
  );
  expect(() => fillParameters(scenario, { externalId: 'a', count: 1, x: 2 }, 's.yaml')).toThrow(
    'Nothing in s.yaml uses the parameter {x}.',
  );
  expect(() => fillParameters({}, { a: 1 }, 's.yaml')).toThrow('Its parameters: none.');
});
