import { expect, it } from 'vitest';
import { findDifferences } from './find-differences.ts';
import { observe, type Masks } from './observe.ts';
import type { Step } from './probe.ts';

const JSON_TYPE = 'application/json';

function answer(
  body: unknown,
  {
    status = 200,
    headers = {},
    step = {},
    masks = [],
  }: {
    status?: number;
    headers?: Record<string, string>;
    step?: Step;
    masks?: Masks;
  } = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return observe(
    'GET /x',
    { status, headers: { 'content-type': JSON_TYPE, ...headers }, body: text },
    step,
    masks,
  );
}

const differ = (...[mock, live]: [ReturnType<typeof answer>, ReturnType<typeof answer>]) =>
  findDifferences([mock], [live]);

it('finds no difference between the data of two accounts', () => {
  const mock = answer({ count: 1, next: null, results: [{ id: 7, name: 'a', end: null }] });
  const live = answer({
    count: 99,
    next: 'https://vendor.example/?page=2',
    results: [
      { id: 1, name: 'b', end: null },
      { id: 2, name: 'c', end: '2026-01-01' },
    ],
  });
  expect(differ(mock, live)).toEqual([]);
});

it.each([
  { what: 'status', mock: answer({}), live: answer({}, { status: 201 }), at: 'GET /x' },
  {
    what: 'header',
    mock: answer({}),
    live: answer({}, { headers: { 'content-type': 'text/json' } }),
    at: 'GET /x content-type',
  },
  {
    what: 'header',
    mock: answer({}),
    live: answer({}, { headers: { 'retry-after': '7' } }),
    at: 'GET /x retry-after',
  },
  { what: 'fields', mock: answer({ a: 1, b: 2 }), live: answer({ b: 2, a: 1 }), at: 'GET /x' },
  { what: 'fields', mock: answer([{ a: 1 }]), live: answer([{ a: 1, b: 2 }]), at: 'GET /x /*' },
  { what: 'type', mock: answer({ a: 1 }), live: answer({ a: '1' }), at: 'GET /x /a' },
  {
    what: 'type',
    mock: answer({ a: '2026-01-01T00:00:00Z' }),
    live: answer({ a: '2026-01-01T00:00:00+00:00' }),
    at: 'GET /x /a',
  },
  { what: 'form', mock: answer({ a: 1 }), live: answer('a page'), at: 'GET /x body' },
])('sees another $what at $at', ({ what, mock, live, at }) => {
  expect(differ(mock, live)).toMatchObject([{ kind: what, at }]);
});

it('compares words in refusals only', () => {
  const words = (status: number) =>
    differ(answer({ detail: 'No.' }, { status }), answer({ detail: 'Never.' }, { status }));
  expect(words(200)).toEqual([]);
  expect(words(404)).toEqual([
    { kind: 'words', at: 'GET /x /detail', mock: 'No.', live: 'Never.' },
  ]);
});

it('compares each sentence of a refusal', () => {
  const [mock, live] = [
    ['One.', 'Two.'],
    ['One.', '2.'],
  ].map((name) => answer({ name }, { status: 400 }));
  expect(mock && live && differ(mock, live)).toMatchObject([
    { kind: 'words', at: 'GET /x /name/1' },
  ]);
});

it('takes ids and names of the run for the same words', () => {
  const refuse = (detail: string, masks: Masks) => answer({ detail }, { status: 404, masks });
  const mock = refuse('No license 7 of run-1', [
    ['run-1', '{run}'],
    ['7', '{license}'],
  ]);
  const live = refuse('No license 4711 of run-2', [
    ['run-2', '{run}'],
    ['4711', '{license}'],
  ]);
  expect(differ(mock, live)).toEqual([]);
});

it('does not take a number for an id where it stands by chance', () => {
  const refuse = (masks: Masks) => answer({ detail: '1 seat is missing' }, { status: 400, masks });
  expect(differ(refuse([['1', '{license}']]), refuse([['4711', '{license}']]))).toEqual([]);
});

it('compares the values and lengths that a step names, wherever they are', () => {
  const step: Step = { values: ['active'], counts: ['results'] };
  const mock = answer({ data: { results: [{ active: true }] } }, { step });
  const live = answer({ results: [{ active: false }, { active: true }] }, { step });
  expect(differ(mock, live).filter(({ kind }) => kind === 'value')).toEqual([
    { kind: 'value', at: 'GET /x active', mock: 'true', live: 'false' },
    { kind: 'value', at: 'GET /x length of results', mock: '1', live: '2' },
  ]);
});

it('compares the elements of XML with their namespaces', () => {
  const xml = (text: string) => answer(text, { headers: { 'content-type': 'application/xml' } });
  expect(differ(xml('<a xmlns="u"><b>1</b></a>'), xml('<a xmlns="u"><b>2</b></a>'))).toEqual([]);
  expect(differ(xml('<a xmlns="u"><b/></a>'), xml('<a xmlns="v"><b/></a>'))).toMatchObject([
    { kind: 'fields' },
  ]);
});

it('tells a vendor that refuses with a status of success from one that accepts', () => {
  const refused = answer({ errors: [{ message: 'Seats are missing.' }] });
  expect(differ(answer({ errors: [] }), refused)).toEqual([
    { kind: 'value', at: 'GET /x errors', mock: 'none', live: 'some' },
  ]);
});
