import { expect, it } from 'vitest';
import { nameFields } from './name-fields.ts';

const schema = {
  properties: {
    effect: { oneOf: [{ properties: { reply: {} } }, { properties: { delay: {}, reset: {} } }] },
    rules: { items: { properties: { when: {} } } },
  },
};

const unknown = (...path: readonly (string | number)[]) =>
  nameFields({ in: 'body', path, keyword: 'additionalProperties', message: 'unknown' }, schema)
    .message;

it.each([
  [['efect'], 'there is no field "efect" here. Did you mean effect? The fields: effect, rules'],
  [['zzz'], 'there is no field "zzz" here. The fields: effect, rules'],
  [
    ['effect', 'dely'],
    'there is no field "dely" here. Did you mean delay? The fields: reply, delay, reset',
  ],
  [['rules', 0, 'whem'], 'there is no field "whem" here. Did you mean when? The fields: when'],
  [['nothing', 'known'], 'unknown'],
])('%j', (path, message) => {
  expect(unknown(...path)).toBe(message);
});

it('leaves every other violation as it is', () => {
  const other = {
    in: 'body',
    path: ['effect'],
    keyword: 'type',
    message: 'must be object',
  } as const;
  expect(nameFields(other, schema)).toBe(other);
});
