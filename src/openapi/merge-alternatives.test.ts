import { expect, it } from 'vitest';
import type { JsonObject } from '../messages/json.ts';
import { mergeAlternatives } from './merge-alternatives.ts';

const closed = (properties: JsonObject, required: string[]): JsonObject => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

it('makes one object of closed ones, with the fields and values of all', () => {
  const schema = {
    description: 'A delay.',
    oneOf: [
      closed({ at: {}, ms: { type: 'integer' }, how: { type: 'string', enum: ['a'] } }, [
        'at',
        'ms',
      ]),
      closed({ at: {}, how: { type: 'string', enum: ['b', 'a'] } }, ['at', 'how']),
    ],
  };
  expect(mergeAlternatives(schema)).toEqual({
    description: 'A delay.',
    ...closed({ at: {}, ms: { type: 'integer' }, how: { type: 'string', enum: ['a', 'b'] } }, [
      'at',
    ]),
  });
});

it('does so inside of a schema, and leaves all else as it is', () => {
  const delay = { oneOf: [closed({ ms: {} }, ['ms']), closed({ max: {} }, [])] };
  const either = { anyOf: [{ type: 'null' }, closed({ a: {} }, [])] };
  expect(mergeAlternatives(closed({ delay, either }, ['delay']))).toEqual(
    closed({ delay: closed({ ms: {}, max: {} }, []), either }, ['delay']),
  );
});
