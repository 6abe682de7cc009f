import { describe, expect, it } from 'vitest';
import { openAliceWorld } from '../../../../test/support/alice-world.ts';
import type { CheckedRequest } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import { addLicense } from './add-license.ts';
import { licenses } from '../records.ts';

const valid = {
  Name: 'Biology',
  AvailableSeats: 30,
  TargetUserGroupId: 'ea677d34-15bf-4074-97b1-5b9661e2b4d0',
  EndDate: '2020-01-01T00:00:00.0000001Z',
};

function ask(body: JsonObject): CheckedRequest {
  return { body } as unknown as CheckedRequest;
}

describe('ALICE-STORED', () => {
  it('ALICE-STORED: a valid license is stored with every property, an id and the time', async () => {
    const { run } = await openAliceWorld();
    const answer = await run((world) => addLicense(ask(valid), world));
    expect(answer).toEqual({ status: 200, body: { errors: [] } });
    const [stored, ...others] = await run((world) => world.in(licenses).find());
    expect(others).toEqual([]);
    expect(stored).toEqual({
      ...valid,
      StartDate: null,
      SeatUserGroupIds: null,
      OwnerId: '00000000-0000-0000-0000-000000000000',
      LicenseType: 0,
      AccessType: 0,
      Isbns: null,
      ContactPersonName: null,
      ContactPhone: null,
      ContactEmail: null,
      CommentText: null,
      Buffer: null,
      Grade: null,
      LicenseCategoryId: null,
      AllowableUserRoles: null,
      PrivilegedUserRoles: null,
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
      created: '2026-11-21T09:30:00.000Z',
      modified: null,
      number: 1,
      taken: 0,
      IsPaused: false,
      IsDeleted: false,
      targetName: 'Bakke School, Roskilde',
      municipalityName: 'Roskilde',
      municipalityNumber: '265',
      ownerName: null,
      categoryName: null,
      productName: '',
      isbns: '',
    });
  });

  it('ALICE-STORED: two equal ones are two; another sandbox of the same seed gives the same ids', async () => {
    const ids = await Promise.all(
      [1, 2].map(async () => {
        const { run } = await openAliceWorld();
        await run((world) => addLicense(ask(valid), world));
        await run((world) => addLicense(ask(valid), world));
        const found = await run((world) => world.in(licenses).find());
        return found.map(({ id }) => id);
      }),
    );
    expect(new Set(ids[0]).size).toBe(2);
    expect(ids[1]).toEqual(ids[0]);
  });

  it('ALICE-STORED: one that breaks a rule is not', async () => {
    const { run } = await openAliceWorld();
    await run((world) => addLicense(ask({ ...valid, Name: '' }), world));
    expect(await run((world) => world.in(licenses).count())).toBe(0);
  });
});
