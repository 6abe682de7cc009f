import { expect, it } from 'vitest';
import { toDescribedResult, toWireResult, type ValidationFailure } from './validation-result.ts';
import { readAnswer } from '../xml/read-reply.ts';
import { writeError } from '../../../vendors/alice/xml/write-error.ts';
import { writeDescribedResult, writeWireResult } from '../xml/write-contract.ts';

const failures: readonly ValidationFailure[] = [
  {
    propertyName: 'AvailableSeats',
    errorMessage: "'Available Seats' must be greater than '0'.",
    attemptedValue: 0,
    errorCode: 'GreaterThanValidator',
    placeholders: { ComparisonValue: 0, PropertyName: 'Available Seats', PropertyValue: 0 },
    resourceName: null,
  },
  {
    propertyName: 'Isbns',
    errorMessage: 'a < b & c',
    attemptedValue: ['1', null],
    errorCode: null,
    placeholders: null,
    resourceName: null,
  },
];

it('reads a result as it was before it was written, in either form', () => {
  for (const some of [[], failures.slice(0, 1), failures]) {
    const wire = toWireResult(some);
    expect(readAnswer(writeWireResult(wire))).toEqual(wire);
    const described = toDescribedResult(some);
    expect(readAnswer(writeDescribedResult(described))).toEqual(described);
  }
});

it('reads an error', () => {
  const error = {
    Message: 'The request is invalid.',
    ModelState: { 'request.OwnerId': ['An error has occurred.'] },
  };
  expect(readAnswer(writeError(error))).toEqual(error);
});

it.each(['', 'text', '<a', '<Other/>', '<html><body>no</body></html>'])('reads no %j', (text) => {
  expect(readAnswer(text)).toBeUndefined();
});
