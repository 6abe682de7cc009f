import { expect, it } from 'vitest';
import type { JournalEntry } from '../../control-api/control-api.ts';
import { findRequests } from './find-requests.ts';

const collection = {
  vendor: 'ibl',
  key: 'id',
  operations: [
    { does: 'create', operation: 'createLicense', ids: {} },
    { does: 'change', operation: 'updateLicense', ids: { license_id: 'id' } },
  ],
} as const;

function entry(
  id: string,
  { url = '/', sent = {}, answered = {}, status = 200, operation = 'updateLicense' } = {},
): JournalEntry {
  return {
    id,
    vendor: 'ibl',
    operation,
    status,
    request: { method: 'POST', url, headers: {}, body: { json: sent, bytes: 1 } },
    response: { status, headers: {}, body: { json: answered, bytes: 1 } },
  } as unknown as JournalEntry;
}

const find = (entries: readonly JournalEntry[], record: object) =>
  findRequests(entries, { ...record }, collection).map(({ id }) => id);

it('finds the request that made a record by the id in the answer, and those that changed it', () => {
  const entries = [
    entry('made', { operation: 'createLicense', answered: { id: 7 } }),
    entry('changed', { sent: { license_id: '7' } }),
    entry('another', { sent: { license_id: 8 }, answered: { id: 8 } }),
    entry('refused', { operation: 'createLicense', answered: { id: 7 }, status: 400 }),
  ];
  expect(find(entries, { id: 7 })).toEqual(['made', 'changed']);
});

it('finds a GUID in a path, but no number, which could be anything', () => {
  const guid = 'ea677d34-15bf-4074-97b1-5b9661e2b4d0';
  expect(find([entry('read', { url: `/api/licenses/${guid}` })], { id: guid })).toEqual(['read']);
  expect(find([entry('page', { url: '/licenses/?page=7' })], { id: 7 })).toEqual([]);
});
