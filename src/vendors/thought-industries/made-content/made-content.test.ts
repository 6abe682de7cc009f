import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fakerFor } from '../../../faker/faker.ts';
import type { JsonObject } from '../../../messages/json.ts';
import { makeClient } from './make-client.ts';
import { makeCourse } from './make-course.ts';
import { makeLearningPath } from './make-learning-path.ts';
import { makeTag } from './library.ts';
import { slugOf } from './vocabulary.ts';

const spec = parse(
  readFileSync(`${import.meta.dirname}/../../../../specs/thought-industries.yaml`, 'utf8'),
);
const kinds = [
  ['Course', makeCourse],
  ['LearningPath', makeLearningPath],
  ['Tag', makeTag],
  ['Client', makeClient],
] as const;

const make = (maker: (typeof kinds)[number][1], id: string, given: JsonObject = {}) =>
  maker(id, given, fakerFor(1, id));

describe.each(kinds)('TI-MADE-CONTENT: a made %s', (name, maker) => {
  it('has the fields of the spec in its order', () => {
    expect(Object.keys(make(maker, randomUUID()))).toEqual(
      Object.keys(spec.components.schemas[name].properties),
    );
  });

  it('is the same for the same id and seed, another for another id', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (id, other) => {
        const first = JSON.stringify(make(maker, id));
        make(maker, other);
        expect(JSON.stringify(make(maker, id))).toBe(first);
      }),
    );
    const [a, b] = [randomUUID(), randomUUID()];
    expect(make(maker, a)).not.toEqual({ ...make(maker, b), id: a });
  });
});

describe('TI-MADE-CONTENT: made content makes sense', () => {
  it('has dates in order, a slug of its title, prices and seats in range', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const course = make(makeCourse, id);
        expectInOrder(course, ['createdAt', 'publishDate', 'updatedAt']);
        expectInOrder(course, [
          'enrollmentStartDate',
          'enrollmentEndDate',
          'courseStartDate',
          'courseEndDate',
          'gracePeriodEndDate',
        ]);
        expect(course['slug']).toBe(slugOf(String(course['title'])));
        expect(Number(course['priceInCents'])).toBeLessThanOrEqual(40_000);
        expect(course['freeWithRegistration']).toBe(course['priceInCents'] === 0);
        expect(Number(course['seatsUsedCount'])).toBeLessThanOrEqual(Number(course['seatsLimit']));
        const path = make(makeLearningPath, id);
        expect(path['slug']).toBe(slugOf(String(path['name'])));
        expectInOrder(path, ['createdAt', 'publishDate', 'updatedAt']);
      }),
    );
  });

  it('follows what is given', () => {
    const id = randomUUID();
    const course = make(makeCourse, id, {
      title: 'Bees and Honey',
      createdAt: '2030-01-01T00:00:00.000Z',
      priceInCents: 0,
    });
    expect(course).toMatchObject({
      title: 'Bees and Honey',
      slug: 'bees-and-honey',
      courseGroupTitle: 'Bees and Honey',
      createdAt: '2030-01-01T00:00:00.000Z',
      freeWithRegistration: true,
      purchasable: false,
    });
    expect(String(course['updatedAt']) > '2030').toBe(true);
    expect(make(makeClient, id, { name: 'Acme' })).toMatchObject({ name: 'Acme', slug: 'acme' });
  });
});

/** Ignores fields that are null. */
function expectInOrder(made: JsonObject, names: readonly string[]): void {
  const dates = names.map((name) => made[name]).filter((value) => value !== null);
  expect(dates).toEqual(dates.toSorted());
}
