import { expect, it } from 'vitest';
import { readCredentials } from './credentials.ts';

const from = (...credentials: string[]) =>
  readCredentials({ vendor: 'v', credentials, method: 'GET', path: '/', headers: {} });

it('reads a header with the role of its key', () => {
  expect(from('Authorization: Api-Token dm-admin  (DM admin)')).toEqual([
    { label: 'DM admin', headers: { authorization: 'Api-Token dm-admin' } },
  ]);
});

it('names a key without a role by its value', () => {
  expect(from('Authorization: Bearer ti-key')).toEqual([
    { label: 'Bearer ti-key', headers: { authorization: 'Bearer ti-key' } },
  ]);
});

it('has nothing to choose from where no key is needed', () => {
  expect(from('none needed')).toEqual([]);
  expect(readCredentials(undefined)).toEqual([]);
});
