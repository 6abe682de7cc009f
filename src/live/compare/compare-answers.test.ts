import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../messages/json.ts';
import { loadSpec } from '../../openapi/load-spec.ts';
import type { Schema } from '../../openapi/operation.ts';
import { responseSchemaOf } from '../../openapi/response-schema.ts';
import {
  compareAnswers,
  whyNoAnswer,
  type ComparedAnswer,
  type MockAnswer,
} from './compare-answers.ts';

const FACTS = { schema: undefined, isHead: false };
const INVALID = { problem: 'invalid' } as const;
const NOT_FOUND = { problem: 'not-found' } as const;
const JSON_TYPE = { 'content-type': 'application/json' };

const answer = (status: number, body: Json | undefined = undefined): ComparedAnswer => ({
  status,
  headers: JSON_TYPE,
  body,
});
const mock = (status: number, body?: Json, more: Partial<MockAnswer> = {}): MockAnswer => ({
  ...answer(status, body),
  refusal: undefined,
  violations: [],
  ...more,
});
const shapes = (left: Json, right: Json, schema?: Schema) =>
  compareAnswers(mock(200, left), answer(200, right), { ...FACTS, schema });

const license: Schema = {
  type: 'object',
  required: ['id', 'name', 'started'],
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    started: { type: ['string', 'null'], format: 'date-time' },
    note: { type: 'string' },
    metadata: { type: 'object', additionalProperties: true },
  },
};
const list: Schema = { type: 'array', items: license };
const one = { id: 1, name: 'Spring', started: '2026-01-01T00:00:00Z' };

describe('successes', () => {
  it('are the same if only the data differ', () => {
    const other = { id: 7, name: '2026-01-01', started: null, note: 'x', metadata: { a: 1 } };
    expect(shapes([{ ...one, metadata: { b: [true] } }], [other, other], list)).toEqual({
      drift: [],
      notComparable: [],
    });
  });

  it.each<[string, Json, Json, object]>([
    [
      'a missing field',
      [one],
      [{ id: 1, name: 'x' }],
      { path: 'body[].started', what: 'field', mock: 'string' },
    ],
    [
      'a new field',
      [one],
      [{ ...one, seats: 5 }],
      { path: 'body[].seats', what: 'field', live: 'number' },
    ],
    [
      'another order',
      [one],
      [{ name: 'x', id: 1, started: null }],
      { path: 'body[]', what: 'order', mock: 'id, name, started', live: 'name, id, started' },
    ],
    [
      'another type',
      [one],
      [{ ...one, id: '1' }],
      { path: 'body[].id', what: 'type', mock: 'number', live: 'string' },
    ],
    [
      'a null that the spec does not know',
      [one],
      [{ ...one, name: null }],
      { path: 'body[].name', what: 'type', mock: 'string', live: 'null' },
    ],
    [
      'another form of dates',
      [one],
      [{ ...one, started: '2026-01-01T00:00:00+00:00' }],
      {
        path: 'body[].started',
        what: 'type',
        mock: 'string (date-time with Z)',
        live: 'string (date-time with an offset)',
      },
    ],
  ])('drift in %s', (_, left, right, expected) => {
    expect(shapes(left, right, list).drift).toEqual([expected]);
  });

  it('are not comparable where only one side has records', () => {
    expect(shapes({ results: [one] }, { results: [] })).toEqual({
      drift: [],
      notComparable: [{ path: 'body.results[]', reason: 'Only the mock has records here.' }],
    });
    expect(shapes({ license: null }, { license: one }).notComparable).toEqual([
      { path: 'body.license', reason: 'Only the vendor has records here.' },
    ]);
  });

  it('tell the alternatives of a spec apart', async () => {
    const { operations } = await loadSpec(
      'ibl',
      path.join(import.meta.dirname, '../../../specs/ibl.yaml'),
    );
    const spec = operations.find(({ operation }) => operation.id === 'listProgramLicenses');
    const schema = spec && responseSchemaOf(spec, 200, 'application/json; charset=utf-8');
    const page = (names: object): Json => ({ count: 0, ...names, results: [] });
    const { drift } = shapes(
      page({ next_page: null, previous_page: null }),
      page({ next: null, previous: null }),
      schema,
    );
    expect(drift.map(({ path: at }) => at)).toEqual([
      'body.next_page',
      'body.previous_page',
      'body.next',
      'body.previous',
    ]);
  });

  it('of several kinds in one list are compared with their like', () => {
    const course: Schema = {
      type: 'object',
      required: ['kind', 'hours'],
      properties: { kind: { type: 'string' }, hours: { type: 'number' } },
    };
    const mixed: Schema = { type: 'array', items: { oneOf: [license, course] } };
    expect(shapes([one], [{ kind: 'course', hours: 3 }], mixed)).toMatchObject({
      drift: [],
      notComparable: [{ path: 'body[]' }],
    });
    expect(
      shapes(
        [one],
        [
          { kind: 'course', hours: 3 },
          { id: 1, name: 'x' },
        ],
        mixed,
      ).drift,
    ).toEqual([{ path: 'body[].started', what: 'field', mock: 'string' }]);
  });
});

describe('refusals', () => {
  it('drift in their words', () => {
    const refused = mock(400, { count: ['A valid integer is required.'] }, { refusal: INVALID });
    const live = answer(400, { count: ['Not an integer.'] });
    expect(compareAnswers(refused, live, FACTS).drift).toEqual([
      {
        path: 'body.count[0]',
        what: 'words',
        mock: 'A valid integer is required.',
        live: 'Not an integer.',
      },
    ]);
  });

  it('are the same but for numbers of records and ids of the answer', () => {
    const detail = (seats: number, id: string) => ({ detail: `${seats} seats are used.`, id });
    const [left, right] = [
      detail(3, '0b7c5a1e-6f0d-4c39-8a52-3d9e1f7b2c40'),
      detail(17, '9f4e2c6a-71b3-4d58-a0c9-5e8d3b1f6a27'),
    ];
    const conflict = mock(409, left, { refusal: { problem: 'conflict' } });
    expect(compareAnswers(conflict, answer(409, right), FACTS).drift).toEqual([]);
    const invalid = mock(400, left, { refusal: INVALID });
    expect(compareAnswers(invalid, answer(400, right), FACTS).drift).toHaveLength(1);
  });

  it('drift if only one side refuses what it was sent', () => {
    const live = answer(200, {});
    expect(compareAnswers(mock(400, {}, { refusal: INVALID }), live, FACTS).drift).toEqual([
      { path: 'status', what: 'status', mock: 400, live: 200 },
    ]);
    expect(compareAnswers(mock(200, {}), answer(400, {}), FACTS).drift).toHaveLength(1);
  });

  it.each<[string, MockAnswer, ComparedAnswer]>([
    ['only the vendor has no such record', mock(200, one), answer(404, {})],
    ['only the mock has no such record', mock(404, {}, { refusal: NOT_FOUND }), answer(200, one)],
    ['the vendor refuses with 200', mock(200, { data: one }), answer(200, { errors: ['gone'] })],
    [
      'a handler found the mock against it',
      mock(400, {}, { refusal: INVALID, violations: [rule()] }),
      answer(200, one),
    ],
  ])('are not comparable where %s', (_, left, right) => {
    const { drift, notComparable } = compareAnswers(left, right, FACTS);
    expect(drift).toEqual([]);
    expect(notComparable).toMatchObject([{ path: 'status' }]);
  });

  it('are no answer where the vendor is busy, or refuses credentials that are not the client\u2019s', () => {
    expect(whyNoAnswer(200, 503, false)).toBe('The vendor is busy: it answered 503.');
    expect(whyNoAnswer(200, 401, true)).toContain('--upstream-header');
    expect(whyNoAnswer(200, 401, false)).toBeUndefined();
    expect(whyNoAnswer(429, 429, true)).toBeUndefined();
    expect(compareAnswers(mock(200, one), answer(401, {}), FACTS).drift).toHaveLength(1);
  });
});

describe('headers', () => {
  it('are those that the mock sends, and a few of the vendor', () => {
    const left = { 'Content-Type': 'application/json', Vary: 'Accept', Location: '/a' };
    const right = { 'content-type': 'application/json;charset=utf-8', location: '/b', via: 'x' };
    const { drift } = compareAnswers(
      { ...mock(200), headers: left },
      { ...answer(200), headers: { ...right, allow: 'GET' } },
      FACTS,
    );
    expect(drift).toEqual([
      {
        path: 'headers.content-type',
        what: 'header',
        mock: 'application/json',
        live: 'application/json;charset=utf-8',
      },
      { path: 'headers.vary', what: 'header', mock: 'Accept' },
      { path: 'headers.allow', what: 'header', live: 'GET' },
    ]);
  });
});

function rule(): MockAnswer['violations'][number] {
  return { in: 'body', path: [], keyword: 'rule', message: 'No seats are left.' };
}
