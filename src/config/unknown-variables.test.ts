import { expect, it } from 'vitest';
import { describeUnknownVariables } from './unknown-variables.ts';

it('names each misspelt variable, and the one that was probably meant', () => {
  const environment = {
    LICENSE_MOCK_SCENRIO: 'empty',
    LICENSE_MOCK_PORT: '4010',
    LICENSE_MOCK_SERVICE_HOST: '10.96.0.7',
    LICENSE_MOCK_ZZZZZZZZZZZZZZZZZZZZ: '1',
    OTHER: '1',
  };
  const known = ['LICENSE_MOCK_PORT', 'LICENSE_MOCK_SCENARIO'];
  expect(describeUnknownVariables(environment, known)).toEqual([
    'LICENSE_MOCK_SCENRIO is set, but there is no such variable. Did you mean LICENSE_MOCK_SCENARIO?',
    'LICENSE_MOCK_ZZZZZZZZZZZZZZZZZZZZ is set, but there is no such variable.',
  ]);
});
