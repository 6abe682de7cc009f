import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeChecks } from './standalone.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-standalone-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Check = (value: unknown) => boolean;
type Written = {
  readonly check0: Check;
  readonly remembers: (fittingOf: (part: object) => Set<unknown> | undefined) => void;
};

const schema = {
  type: 'object',
  properties: {
    course: { $ref: 'parts#/$defs/course' },
    courses: { type: 'array', items: { $ref: 'parts#/$defs/course' } },
    tag: { $ref: 'parts#/$defs/tag' },
  },
};
const parts = {
  $id: 'parts',
  $defs: {
    course: { type: 'object', required: ['title'], properties: { title: { type: 'string' } } },
    tag: { type: 'object', required: ['label'], properties: { title: { type: 'integer' } } },
  },
};

function write(): Written {
  const formats = path.join(folder, 'formats.cjs');
  writeFileSync(formats, 'exports.formats = {};');
  const file = path.join(folder, 'checks.cjs');
  const how = { options: { inlineRefs: false }, formats: {}, formatsModule: './formats.cjs' };
  writeFileSync(file, writeChecks({ parts, schemas: [schema] }, { ...how, remembers: true }));
  return createRequire(import.meta.url)(file) as Written;
}

it('checks a part that lasts until it fits, and for each place by itself', () => {
  const { check0: check, remembers } = write();
  const lasting = new Map<object, Set<unknown>>();
  remembers((part) => lasting.get(part));
  let looks = 0;
  const course = (title: unknown) => ({
    get title() {
      looks += 1;
      return title;
    },
  });
  const wrong = course(7);
  lasting.set(wrong, new Set());
  expect([check({ course: wrong }), check({ course: wrong })]).toEqual([false, false]);
  const right = course('Biology');
  lasting.set(right, new Set());
  expect([check({ course: right }), looks > 0]).toEqual([true, true]);
  looks = 0;
  expect([check({ course: right }), check({ courses: [right, right] }), looks]).toEqual([
    true,
    true,
    0,
  ]);
  expect([check({ tag: right }), check({ courses: [right, wrong] })]).toEqual([false, false]);
  const passing = course('Biology');
  expect([check({ course: passing }), check({ course: passing })]).toEqual([true, true]);
  expect(looks).toBeGreaterThan(1);
});
