import { describe, expect, it } from 'vitest';
import { findProviderState, nearestStates } from './provider-states.ts';

const served = [
  { scenario: 'empty', sentence: 'there are no licenses' },
  { scenario: 'one', sentence: 'a license with external id {externalId} exists' },
  { scenario: 'seats', sentence: 'license {id} has {seats} of (10) seats left' },
  { scenario: 'other', sentence: 'there are no licenses' },
];

describe('a provider state', () => {
  it('is found as it is listed, the first of several', () => {
    expect(findProviderState(served, 'there are no licenses', {})).toEqual({
      ...served[0],
      attempts: [{}, {}, {}],
    });
    expect(findProviderState(served, served[1]?.sentence ?? '', { externalId: 'a' })).toEqual({
      ...served[1],
      attempts: [{ externalId: 'a' }, { externalId: 'a' }, { externalId: 'a' }],
    });
  });
  it('takes values as they came, then as numbers and booleans, then as texts', () => {
    const sentence = served[1]?.sentence ?? '';
    expect(findProviderState(served, sentence, { externalId: 7, is: 'true' })?.attempts).toEqual([
      { externalId: 7, is: 'true' },
      { externalId: 7, is: true },
      { externalId: '7', is: 'true' },
    ]);
  });
  it('is found with its values in the sentence, as text and else as what they look like', () => {
    expect(
      findProviderState(served, 'a license with external id a b exists', {})?.attempts,
    ).toEqual([{ externalId: 'a b' }, { externalId: 'a b' }]);
    expect(findProviderState(served, 'license x-1 has 4 of (10) seats left', {})?.attempts).toEqual(
      [
        { id: 'x-1', seats: '4' },
        { id: 'x-1', seats: 4 },
      ],
    );
  });
  it('takes a value that is given over one in the sentence', () => {
    const found = findProviderState(served, 'license 1 has 4 of (10) seats left', { id: 7 });
    expect(found?.attempts[1]).toEqual({ id: 7, seats: 4 });
  });
  it.each(['There are no licenses', 'a license with external id  exists', 'license 1 has', ''])(
    'is not "%s"',
    (state) => {
      expect(findProviderState(served, state, {})).toBeUndefined();
    },
  );
});

it('names the states nearest to one that nobody serves, each once', () => {
  expect(nearestStates(served, 'a license with the external id 7 exists')).toEqual([
    'a license with external id {externalId} exists',
    'license {id} has {seats} of (10) seats left',
    'there are no licenses',
  ]);
});
