/** Platforms and programs that a new license names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GOOD, openIbl, type Ibl } from '../support/ibl-http.ts';

const scenario = `
ibl:
  platforms:
    - { id: 1, key: acme, org: acme-org }
    - { id: 2, key: beta, org: shared }
    - { id: 3, key: gamma, org: shared }
  programs:
    - { key: ${GOOD.program_key}, name: Bar Exam, platform: acme }
    - { key: law, platform: beta }
`;

let ibl: Ibl;
beforeAll(async () => {
  ibl = await openIbl({ scenario });
});
afterAll(() => ibl.stop());

describe('the platform', () => {
  it.each([
    [{ platform_key: 'acme' }],
    [{ platform_org: 'acme-org' }],
    [{ platform_id: 1 }],
    [{ platform_key: 'acme', platform_org: 'acme-org', platform_id: 1 }],
  ])('is named by %j', async (named) => {
    const { body } = await ibl.create({ platform_key: undefined, ...named });
    expect(body['platform_key']).toBe('acme');
  });

  it('IBL-PLATFORM-REQUIRED: must be named, which is found after other faults', async () => {
    const none = await ibl.create({ platform_key: undefined });
    expect(none).toMatchObject({
      status: 400,
      body: { platform_key: ['This field is required.'] },
    });
    expect(none.ledger).toContain('IBL-PLATFORM-REQUIRED');
    expect((await ibl.create({ platform_key: undefined, name: '' })).body).toEqual({
      name: ['This field may not be blank.'],
    });
  });

  it('IBL-PLATFORM-DISAGREES: must be one, whatever it is named by', async () => {
    const two = await ibl.create({ platform_key: 'acme', platform_org: 'shared' });
    expect(two).toMatchObject({
      status: 400,
      body: { non_field_errors: ['platform_key, platform_org do not name the same platform.'] },
    });
    expect((await ibl.create({ platform_key: 'acme', platform_id: 99 })).status).toBe(400);
    const shared = { platform_key: undefined, platform_org: 'shared', program_key: 'law' };
    expect((await ibl.create(shared)).body['platform_key']).toBe('beta');
    expect((await ibl.create({ ...shared, platform_key: 'gamma' })).body['platform_key']).toBe(
      'gamma',
    );
  });
});

describe('references', () => {
  it('IBL-REFERENCES: open, makes platform and program on first use, with a warning each', async () => {
    const first = await ibl.create({ platform_key: 'new', program_key: 'fresh' });
    expect(first).toMatchObject({
      status: 200,
      warnings: 2,
      body: { platform_key: 'new', program_key: 'fresh', program_name: 'fresh' },
    });
    expect(first.ledger).toContain('IBL-REFERENCES');
    const second = await ibl.create({ platform_key: 'new', program_key: 'fresh' });
    expect(second).toMatchObject({ status: 200, warnings: 0 });
    const byId = await ibl.create({ platform_key: undefined, platform_id: 77 });
    expect(byId.body['platform_key']).toBe('platform-77');
    expect((await ibl.create({ platform_key: undefined, platform_id: -1 })).body).toEqual({
      platform_id: ['Invalid pk "-1" - object does not exist.'],
    });
  });

  it('IBL-REFERENCES: closed, refuses them', async () => {
    const closed = await openIbl({ scenario: `references: closed\n${scenario}` });
    expect((await closed.create({ platform_key: 'new' })).body).toEqual({
      platform_key: ['Object with platform_key=new does not exist.'],
    });
    expect((await closed.create({ platform_key: undefined, platform_id: 9 })).body).toEqual({
      platform_id: ['Invalid pk "9" - object does not exist.'],
    });
    expect((await closed.create({ program_key: 'law' })).body).toEqual({
      program_key: ['Object with program_key=law does not exist.'],
    });
    expect((await closed.create()).status).toBe(200);
    await closed.stop();
  });

  it('IBL-REFERENCES: open in profile strict, refuses them in the same words', async () => {
    const strict = await openIbl({ scenario, profile: 'strict' });
    expect((await strict.create({ platform_key: 'new' })).body).toMatchObject({
      platform_key: ['Object with platform_key=new does not exist.'],
    });
    expect((await strict.create()).status).toBe(200);
    await strict.stop();
  });
});
