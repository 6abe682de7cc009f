import { expect, it } from 'vitest';
import type { LedgerRow } from '../../control-api/control-api.ts';
import { findRows, isChanged, NO_ROW_FILTER, type RowFilter } from './find-rows.ts';

const row = (id: string, extra: Partial<LedgerRow> = {}): LedgerRow => ({
  id,
  vendor: 'ibl',
  operations: ['listProgramLicenses'],
  title: 'A row',
  sources: [{ source: 'docs field table', says: 'an absolute URL' }],
  mock: 'Answers with URLs.',
  evidence: 'documented',
  date: '2026-11-21',
  ...extra,
});

const links = row('IBL-PAGE-LINKS', {
  choices: [{ id: 'urls' }, { id: 'integers', why: 'Sibling services answer page numbers.' }],
  choice: 'urls',
});
const seats = row('ALICE-TAKES-SEAT', {
  vendor: 'alice',
  evidence: 'assumed',
  operations: ['addLicense'],
});
const size = row('IBL-PAGE-SIZE', { number: { default: 20, min: 1, max: 100 }, choice: '50' });

const find = (filter: Partial<RowFilter>) =>
  findRows([links, seats, size], { ...NO_ROW_FILTER, ...filter }).map(({ id }) => id);

it('finds rows that have all words anywhere: id, sources, choices', () => {
  expect(find({ text: 'page LINKS' })).toEqual(['IBL-PAGE-LINKS']);
  expect(find({ text: 'sibling' })).toEqual(['IBL-PAGE-LINKS']);
  expect(find({ text: 'page sibling nothing' })).toEqual([]);
});

it('narrows by vendor, evidence, operation and whether the row can be switched', () => {
  expect(find({ vendor: 'alice' })).toEqual(['ALICE-TAKES-SEAT']);
  expect(find({ evidence: 'documented' })).toEqual(['IBL-PAGE-LINKS', 'IBL-PAGE-SIZE']);
  expect(find({ operation: 'addLicense' })).toEqual(['ALICE-TAKES-SEAT']);
  expect(find({ state: 'switchable' })).toEqual(['IBL-PAGE-LINKS', 'IBL-PAGE-SIZE']);
  expect(find({ state: 'changed' })).toEqual(['IBL-PAGE-SIZE']);
});

it('counts a row without operations for every operation of its vendor', () => {
  const all = row('IBL-TOKEN-SCHEMES', { operations: [] });
  const filter = { ...NO_ROW_FILTER, vendor: 'ibl', operation: 'createProgramLicense' };
  expect(findRows([links, seats, all], filter)).toEqual([all]);
});

it('knows which rows the sandbox has changed', () => {
  expect([links, seats, size].map(isChanged)).toEqual([false, false, true]);
});
