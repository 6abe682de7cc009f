import { expect, it } from 'vitest';
import { judgeRow } from './judge-row.ts';
import { observe } from './observe.ts';
import type { Played } from './play-probe.ts';

const played = (body: object, status = 200): Played => ({
  seen: [observe('GET /x', { status, headers: {}, body: JSON.stringify(body) }, {}, [])],
  failed: undefined,
  number: undefined,
  rows: new Set(),
});
const refused: Played = {
  seen: [],
  failed: 'POST /x got 400 where …',
  number: undefined,
  rows: new Set(),
};
const candidate = (choice: string | undefined, ...given: Parameters<typeof played>) => ({
  choice,
  played: played(...given),
});

it('names the one choice that answers as the vendor does', () => {
  const choices = [candidate('one', { a: 1 }), candidate('two', { b: 1 })];
  expect(judgeRow(played({ b: 9 }), choices)).toEqual({
    verdict: 'fits',
    choice: 'two',
    differences: [],
  });
});

it('names the nearest choice where none fits, and what differs', () => {
  const choices = [candidate('one', { a: 1 }), candidate('two', { b: 1 })];
  expect(judgeRow(played({ b: 1 }, 201), choices)).toMatchObject({
    verdict: 'none-fits',
    choice: 'two',
    differences: [{ kind: 'status', mock: '200', live: '201' }],
  });
});

it('names no nearest choice where two are equally near', () => {
  const choices = [candidate('one', { a: 1 }), candidate('two', { b: 1 })];
  expect(judgeRow(played({ c: 1 }), choices)).toMatchObject({
    verdict: 'none-fits',
    choice: undefined,
  });
});

it('says which choices answer alike', () => {
  const choices = [
    candidate('one', { a: 1 }),
    candidate('two', { a: 2 }),
    candidate('three', {}, 404),
  ];
  expect(judgeRow(played({ a: 3 }), choices)).toEqual({
    verdict: 'not-told-apart',
    alike: ['one', 'two'],
  });
});

it('takes other words for the same answer, unless a choice has the very words', () => {
  const live = played({ detail: 'Never.' }, 404);
  const inOtherWords = candidate('one', { detail: 'No.' }, 404);
  expect(judgeRow(live, [inOtherWords, candidate('two', {}, 200)])).toMatchObject({
    verdict: 'fits',
    choice: 'one',
    differences: [{ kind: 'words', mock: 'No.', live: 'Never.' }],
  });
  expect(judgeRow(live, [inOtherWords, candidate('two', { detail: 'Never.' }, 404)])).toMatchObject(
    {
      verdict: 'fits',
      choice: 'two',
    },
  );
});

it('judges a row without choices by the only answer of the mock', () => {
  expect(judgeRow(played({ a: 1 }), [candidate(undefined, { a: 2 })])).toMatchObject({
    verdict: 'fits',
  });
  expect(judgeRow(played({ b: 1 }), [candidate(undefined, { a: 2 })])).toMatchObject({
    verdict: 'none-fits',
  });
});

it('does not judge a vendor that refused what the probe needs, unless a choice refuses it too', () => {
  expect(judgeRow(refused, [candidate('one', { a: 1 })])).toMatchObject({ verdict: 'failed' });
  const choices = [candidate('one', { a: 1 }), { choice: 'two', played: refused }];
  expect(judgeRow(refused, choices)).toMatchObject({ verdict: 'fits', choice: 'two' });
});
