import { expect, it } from 'vitest';
import { compileSchema } from './json-schema.ts';

it.each([
  [{ generate: -1 }, ['generate']],
  [{}, []],
])('names what breaks the branch of a condition, and not the condition: %j', (value, path) => {
  const check = compileSchema({
    if: { required: ['generate'] },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: { properties: { generate: { minimum: 1 } } },
    else: { required: ['name'] },
  });
  expect(check(value).map((violation) => violation.path)).toEqual([path]);
});
