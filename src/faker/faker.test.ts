import { expect, it } from 'vitest';
import { fakerFor } from './faker.ts';

it('gives a record the same values whatever was generated before', () => {
  const first = fakerFor(1, 'ti.courses:a').company.name();
  fakerFor(1, 'ti.courses:b').company.name();
  expect(fakerFor(1, 'ti.courses:a').company.name()).toBe(first);
});

it('gives other seeds and other records other values', () => {
  const ids = new Set(
    [1, 2, 3].flatMap((seed) => ['a', 'b', 'c'].map((id) => fakerFor(seed, id).string.uuid())),
  );
  expect(ids.size).toBe(9);
});
