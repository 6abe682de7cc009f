import { expect, it } from 'vitest';
import { findSentences } from './sentences.ts';

const body = (json: never) => ({ json, bytes: 1 });

it.each([
  ['Django REST framework', { started: ['Datetime has wrong format.'] }, 'started'],
  [
    'FluentValidation',
    {
      errors: [
        {
          '<PropertyName>k__BackingField': 'started',
          '<ErrorMessage>k__BackingField': 'Datetime has wrong format.',
          '<ErrorCode>k__BackingField': 'X',
        },
        { '<PropertyName>k__BackingField': 'Name', '<ErrorMessage>k__BackingField': 'Other.' },
      ],
    },
    'started',
  ],
  ['a detail', { detail: 'Datetime has wrong format.' }, undefined],
])('reads %s', (_, json, field) => {
  expect(findSentences(body(json as never), field)).toEqual(['Datetime has wrong format.']);
});

it('finds nothing where nothing is said', () => {
  expect(findSentences(null, 'a')).toEqual([]);
  expect(findSentences(body({ a: 1 } as never), 'b')).toEqual([]);
});
