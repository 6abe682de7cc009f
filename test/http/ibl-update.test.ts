import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { control } from '../support/control-client.ts';
import { createLicense, listLicenses } from '../support/ibl-client.ts';
import { openIbl, type Ibl } from '../support/ibl-http.ts';
import { jsonOf } from '../support/json.ts';
import { startTestServer } from '../support/server.ts';

const scenario = `
ibl:
  licenses:
    - id: 5
      platform_key: acme
      program_key: bar
      name: Spring
      count: 100
      started: 2026-01-01T00:00:00Z
      expired: 2027-01-01T00:00:00Z
      external_id: ext-5
      metadata: { region: emea, tier: gold }
      assignments: { active: 45, pending: 10 }
    - { id: 6, platform_key: acme, program_key: bar, name: Autumn, count: 1, external_id: ext-6 }
    - { id: 7, platform_key: acme, program_key: bar, name: Past, count: 1, expired: now-1d }
`;

let ibl: Ibl | undefined;
const opened: Ibl[] = [];
beforeEach(async () => {
  ibl = await openIbl({ scenario, clock: '2026-11-21T09:30:00Z' });
  opened.push(ibl);
});
afterAll(() => Promise.all(opened.map((each) => each.stop())));

const update = (fields: object) => ibl?.update(fields);
const find = async (query: string) => (await ibl?.list(query))?.body['results'];

describe('an update', () => {
  it('changes what is given, keeps the rest, and shows in the list', async () => {
    const answer = await update({ license_id: 5, name: 'Renewed', expired: null, active: false });
    expect(answer).toMatchObject({
      status: 200,
      warnings: 0,
      body: {
        id: 5,
        name: 'Renewed',
        expired: null,
        active: false,
        count: 100,
        started: '2026-01-01T00:00:00Z',
        metadata: { region: 'emea', tier: 'gold' },
        external_id: 'ext-5',
        usage_count: 55,
      },
    });
    expect(await find('external_id=ext-5')).toEqual([answer?.body]);
  });

  it('may change every field of the docs', async () => {
    const { body } = (await update({
      external_id: 'ext-5',
      name: 'a',
      count: 55,
      started: '2026-02-01T00:00:00Z',
      expired: '2026-03-01T00:00:00.000001Z',
      active: true,
      metadata: {},
      enrollment_config: { a: 1 },
      source: 's',
      transaction_id: 't',
      change_type: 'renewal',
    })) ?? { body: {} };
    expect(body).toMatchObject({
      id: 5,
      name: 'a',
      count: 55,
      started: '2026-02-01T00:00:00Z',
      expired: '2026-03-01T00:00:00.000001Z',
      source: 's',
    });
  });

  it('of nothing is answered all the same', async () => {
    expect(await update({ license_id: 6 })).toMatchObject({ status: 200, body: { id: 6 } });
  });

  it('IBL-METADATA: replaces metadata, it does not merge', async () => {
    const answer = await update({ license_id: 5, metadata: { tier: 'silver' } });
    expect(answer?.body['metadata']).toEqual({ tier: 'silver' });
    expect(answer?.ledger).toContain('IBL-METADATA');
  });

  it('IBL-UPDATE-PLATFORM: leaves platform and program as they are, with a warning each', async () => {
    const fields = { license_id: 5, platform_key: 'beta', program_key: 'law' };
    const answer = await update(fields);
    expect(answer).toMatchObject({
      status: 200,
      warnings: 2,
      body: { platform_key: 'acme', program_key: 'bar' },
    });
    expect(answer?.ledger).toContain('IBL-UPDATE-PLATFORM');
  });

  it('IBL-COUNT-BELOW-ACTIVE: cannot take seats that are in use', async () => {
    expect(await update({ license_id: 5, count: 54, name: 'no' })).toMatchObject({
      status: 400,
      body: { error: 'count cannot be less than the 55 active assignments of this license.' },
    });
    expect(await find('name=no')).toEqual([]);
    expect((await update({ license_id: 5, count: 55 }))?.status).toBe(200);
  });

  it('IBL-ACTIVE-EXPIRED: flag: of active leaves assignments, and dates leave active', async () => {
    await update({ license_id: 5, active: false });
    expect(await find('external_id=ext-5&verbose=true')).toMatchObject([
      { active: false, assignments: { total: 55, active: 45, pending: 10 } },
    ]);
    expect(await find('name=Past&active=true')).toMatchObject([
      { active: true, expired: '2026-11-20T09:30:00Z' },
    ]);
  });
});

describe('IBL-ACTIVE-EXPIRED: dates', () => {
  it('begins and ends a license by the sandbox clock, in answers and in the filter', async () => {
    const server = await startTestServer({
      clock: '2026-01-01T00:00:00Z',
      settings: { 'IBL-ACTIVE-EXPIRED': 'dates' },
    });
    const dates = { started: '2026-02-01T00:00:00Z', expired: '2026-03-01T00:00:00Z' };
    const created = await createLicense(server.url, { external_id: 'term', ...dates });
    expect(await jsonOf(created)).toMatchObject({ active: false });
    await createLicense(server.url, { external_id: 'forever', expired: null });
    await createLicense(server.url, { external_id: 'off', active: false });
    const active = async (now: string) => {
      await control(server.url, 'PUT /sandboxes/default/clock', { mode: 'frozen', now });
      const names = async (value: boolean) => {
        const { results } = await jsonOf<{ results: { external_id: string; active: boolean }[] }>(
          await listLicenses(server.url, `sort=id&active=${value}`),
        );
        expect(results.map((license) => license.active)).toEqual(results.map(() => value));
        return results.map((license) => license.external_id);
      };
      return [await names(true), await names(false)];
    };
    expect(await active('2026-01-31T23:59:59Z')).toEqual([['forever'], ['term', 'off']]);
    expect(await active('2026-02-01T00:00:00Z')).toEqual([['term', 'forever'], ['off']]);
    expect(await active('2026-03-01T00:00:00Z')).toEqual([['forever'], ['term', 'off']]);
    await server.stop();
  });
});

describe('the license', () => {
  it('IBL-LICENSE-IDENTIFIER: is named by license_id, external_id, or both', async () => {
    expect((await update({ license_id: 5 }))?.body['id']).toBe(5);
    expect((await update({ external_id: 'ext-6' }))?.body['id']).toBe(6);
    expect((await update({ license_id: 6, external_id: 'ext-6' }))?.body['id']).toBe(6);
  });

  it('IBL-LICENSE-IDENTIFIER: must be named, and by both the same', async () => {
    expect(await update({ name: 'x' })).toMatchObject({
      status: 400,
      body: { non_field_errors: ['Either license_id or external_id is required.'] },
    });
    const both = { error: 'license_id and external_id do not name the same license.' };
    expect(await update({ license_id: 5, external_id: 'ext-6' })).toMatchObject({
      status: 400,
      body: both,
    });
    expect(await update({ license_id: 5, external_id: 'new' })).toMatchObject({
      status: 400,
      body: both,
    });
  });

  it.each([
    { license_id: 99 },
    { license_id: 0 },
    { license_id: -5 },
    { license_id: 9007199254740991 },
    { external_id: 'nope' },
    { license_id: 99, external_id: 'nope' },
  ])('is not found by %j', async (fields) => {
    expect(await update(fields)).toMatchObject({
      status: 404,
      body: { detail: 'Not found.' },
      ledger: ['IBL-LICENSE-IDENTIFIER'],
    });
  });

  it('IBL-VIEW-ERRORS: is spoken of in a map of fields, or in error', async () => {
    const field = await update({ license_id: null });
    expect(field?.body).toEqual({ license_id: ['This field may not be null.'] });
    const view = await update({ license_id: 5, count: 0 });
    expect(Object.keys(view?.body ?? {})).toEqual(['error']);
    expect(view?.ledger).toContain('IBL-VIEW-ERRORS');
  });
});
