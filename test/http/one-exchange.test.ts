/** However a request ends, everything that was known of it is told in one place: journal, headers, log. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vendors } from '../../src/vendors/index.ts';
import { ibl } from '../../src/vendors/ibl/ibl.ts';
import type { Vendor } from '../../src/vendors/vendor.ts';
import { startAppsOnState, type Apps } from '../support/apps-on-state.ts';
import { twice } from '../store/twice.ts';
import { control, sandboxUrl } from '../support/control-client.ts';
import { createLicense, listLicenses } from '../support/ibl-client.ts';

/** A vendor whose list crashes. */
const crashing: Vendor = {
  ...ibl,
  handlers: {
    ...ibl.handlers,
    listProgramLicenses: async (_, world) => {
      world.note('IBL-PAGE-LINKS');
      throw new Error('A bug of ours');
    },
  },
};

const log: string[] = [];
let apps: Apps;
let url = '';
beforeAll(async () => {
  apps = await startAppsOnState({
    count: 1,
    vendors: vendors.map((vendor) => (vendor === ibl ? crashing : vendor)),
    wrapState: (state) => ({ ...state, store: twice(state.store) }),
    log,
  });
  [url = ''] = apps.urls;
});
afterAll(() => apps.stop());

async function lastEntry(sandbox: string) {
  const { body } = await control(url, `GET /sandboxes/${sandbox}/journal?limit=1`);
  return (body['entries'] as Record<string, unknown>[])[0];
}

describe('a request that ends in a fault keeps', () => {
  it('its vendor, operation, warnings and ledger rows where Prefer is wrong', async () => {
    const sandbox = sandboxUrl(url, 'prefer');
    const answer = await createLicense(sandbox, { count: '7' }, { prefer: 'code=abc' });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('x-mock-warnings')).toBe('1');
    expect(await lastEntry('prefer')).toMatchObject({
      vendor: 'ibl',
      operation: 'createProgramLicense',
      kind: 'handled',
      warnings: [{ path: ['count'] }],
    });
    const lines = log.map((each) => JSON.parse(each) as Record<string, unknown>);
    expect(lines).toContainEqual(
      expect.objectContaining({
        sandbox: 'prefer',
        operation: 'createProgramLicense',
        warnings: [expect.any(String)],
      }),
    );
  });

  it('its operation and the rows of its reading where a handler crashes, in the vendor’s words', async () => {
    const answer = await listLicenses(sandboxUrl(url, 'crash'), 'active=True');
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ error: 'An unexpected error occurred.' });
    expect(await lastEntry('crash')).toMatchObject({
      operation: 'listProgramLicenses',
      kind: 'handled',
      status: 500,
      ledger: expect.arrayContaining(['IBL-SERVER-ERROR']),
    });
  });
});

it('work that a driver runs twice is warned of once, counted once and stored once', async () => {
  const sandbox = sandboxUrl(url, 'twice');
  // Frozen: both runs of a work must give the same.
  await control(url, 'PUT /sandboxes/twice', { clock: '2026-01-01T00:00:00Z' });
  await control(url, 'POST /sandboxes/twice/overrides', {
    operation: 'createProgramLicense',
    effect: { delay: { ms: 0 } },
  });
  const answer = await createLicense(sandbox);
  expect(answer.status).toBe(200);
  const { body } = await control(url, 'GET /sandboxes/twice');
  expect(body['records']).toMatchObject({ 'ibl.program-licenses': 1, 'ibl.platforms': 1 });
  const rules = await control(url, 'GET /sandboxes/twice/overrides');
  expect(rules.body).toMatchObject({ overrides: [{ calls: 1, hits: 1 }] });
  const entry = (await lastEntry('twice')) as { warnings: { message: string }[] };
  const messages = entry.warnings.map(({ message }) => message);
  expect(messages.length).toBeGreaterThan(0);
  expect(new Set(messages).size).toBe(messages.length);
  expect(answer.headers.get('x-mock-warnings')).toBe(String(messages.length));
});

it('a body that looks like a mark of the journal is shown as what it is', async () => {
  const sent = { redacted: true, bytes: 5 };
  await control(url, 'PUT /sandboxes/mark', {});
  await fetch(`${sandboxUrl(url, 'mark')}/api/licenses/add`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sent),
  });
  expect(await lastEntry('mark')).toMatchObject({ request: { body: { json: sent, bytes: 27 } } });
});
