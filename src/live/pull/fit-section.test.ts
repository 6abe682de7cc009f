import { expect, it } from 'vitest';
import { fitSection } from './fit-section.ts';

const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    licenses: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, count: { type: 'integer', minimum: 0 } },
      },
    },
  },
};

it('leaves out what a scenario cannot hold, and says so once for each field', () => {
  const licenses = [
    { name: 'a', count: -1 },
    { name: 'b', count: 2 },
    { count: 3 },
    { name: 'c', count: -5 },
    { name: 7 },
  ];
  expect(fitSection({ licenses, more: [] }, schema)).toEqual({
    section: { licenses: [{ name: 'a' }, { name: 'b', count: 2 }, { name: 'c' }] },
    leftOut: expect.arrayContaining([expect.stringContaining('licenses[].count')]),
  });
});
