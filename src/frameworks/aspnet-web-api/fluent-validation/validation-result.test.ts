import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { toDescribedResult, toWireResult } from './validation-result.ts';

type Recorded = { readonly id: string; readonly response: { readonly body: string } };

const file = path.join(import.meta.dirname, '../../../test/wire/alice-fluent-validation.json');
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded[];

const failure = {
  propertyName: 'Isbns',
  errorMessage: 'm',
  attemptedValue: [],
  errorCode: null,
  placeholders: null,
  resourceName: null,
};

it('writes the recorded result that was made by hand', () => {
  const expected = recorded.find(({ id }) => id.endsWith('manuallist json'))?.response.body;
  expect(JSON.stringify(toWireResult([failure]))).toBe(expected);
});

it('ALICE-RESULT: the described form has IsValid and the names of the properties', () => {
  expect(toDescribedResult([])).toEqual({ IsValid: true, Errors: [] });
  expect(toDescribedResult([failure])).toMatchObject({
    IsValid: false,
    Errors: [{ PropertyName: 'Isbns', ErrorMessage: 'm', AttemptedValue: [], Severity: 0 }],
  });
});
