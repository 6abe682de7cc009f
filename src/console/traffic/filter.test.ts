import { expect, it } from 'vitest';
import type { JournalEntry } from '../../control-api/control-api.ts';
import { filterEntries, NO_FILTER, type Filter } from './filter.ts';

const entry = (id: string, changes: Partial<JournalEntry> = {}): JournalEntry => ({
  id,
  time: '2026-01-01T00:00:00.000Z',
  sandbox: 'default',
  vendor: 'ibl',
  operation: 'createProgramLicense',
  kind: 'handled',
  status: 200,
  durationMs: 1,
  warnings: [],
  violations: [],
  ledger: [],
  request: {
    method: 'POST',
    url: '/api/x',
    headers: {},
    body: { json: { name: 'Spring' }, bytes: 17 },
  },
  response: { status: 200, headers: {}, body: null },
  ...changes,
});
const entries = [
  entry('a', { status: 404, vendor: null, operation: null }),
  entry('b', {
    status: 400,
    violations: [{ in: 'body', path: ['name'], keyword: 'type', message: 'x' }],
  }),
  entry('c', { warnings: [{ in: 'body', path: ['count'], keyword: 'type', message: 'x' }] }),
];
const live = [
  entry('d', { kind: 'proxied' }),
  entry('e', { drift: [{ path: 'status', what: 'status', mock: 200, live: 404 }] }),
  entry('f', { drift: [] }),
];
const idsOf = (filter: Partial<Filter>) =>
  filterEntries(entries, { ...NO_FILTER, ...filter }).map(({ id }) => id);

it.each<readonly [Partial<Filter>, readonly string[]]>([
  [{}, ['a', 'b', 'c']],
  [{ status: '4xx' }, ['a', 'b']],
  [{ status: '404' }, ['a']],
  [{ status: 'warnings' }, ['c']],
  [{ status: 'violations' }, ['b']],
  [{ vendor: 'none' }, ['a']],
  [{ operation: 'createProgramLicense' }, ['b', 'c']],
  [{ text: 'SPRING post' }, ['a', 'b', 'c']],
  [{ text: 'spring 400' }, ['b']],
  [{ text: 'autumn' }, []],
])('%j finds %j', (filter, ids) => {
  expect(idsOf(filter)).toEqual(ids);
});

it.each([
  ['proxied', ['d']],
  ['drift', ['e']],
])('%s finds %j', (status, ids) => {
  expect(filterEntries(live, { ...NO_FILTER, status }).map(({ id }) => id)).toEqual(ids);
});
