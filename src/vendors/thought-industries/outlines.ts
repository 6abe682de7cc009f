/** What the records are to people. */
import { outline } from '../outline.ts';
import { clients, courseTags, courses, learningPaths, licenses } from './records.ts';
import { codeGroups } from './redemption-codes.ts';
import { allocations } from './seats.ts';
import { users } from './users.ts';

const content = { title: 'id', columns: ['id', 'slug', 'sku'] } as const;

export const outlines = [
  outline(licenses, {
    label: 'Licenses',
    title: 'name',
    columns: ['number', 'name', 'id', 'clientId', 'seatsLimit', 'expirationDate'],
    moments: [
      { field: 'createdAt', event: 'created' },
      { field: 'updatedAt', event: 'changed' },
      { field: 'expirationDate', event: 'expires' },
    ],
    parts: [
      { collection: allocations, field: 'licenseId', by: 'id' },
      { collection: licenses, field: 'parentLicenseId', by: 'id' },
    ],
    operations: [
      { does: 'create', operation: 'createLicense', ids: {} },
      { does: 'change', operation: 'updateLicense', ids: { id: 'id' } },
      { does: 'remove', operation: 'deleteLicense', ids: { id: 'id' } },
    ],
  }),
  outline(clients, {
    label: 'Clients',
    title: 'name',
    columns: ['number', 'name', 'id', 'slug', 'seatsAllocated', 'createdAt'],
    moments: [{ field: 'createdAt', event: 'created' }],
    parts: [
      { collection: licenses, field: 'clientId', by: 'id' },
      { collection: users, field: 'clientId', by: 'id' },
    ],
    operations: [{ does: 'create', operation: 'createClient', ids: {} }],
  }),
  outline(users, {
    label: 'Users',
    title: 'email',
    columns: ['number', 'email', 'firstName', 'lastName', 'roleKey', 'disabled'],
    moments: [
      { field: 'createdAt', event: 'created' },
      { field: 'updatedAt', event: 'changed' },
    ],
    parts: [{ collection: allocations, field: 'userId', by: 'id' }],
    operations: [
      { does: 'create', operation: 'createUser', ids: {} },
      { does: 'change', operation: 'updateUser', ids: { id: 'id' } },
    ],
  }),
  outline(allocations, {
    label: 'Seats',
    title: 'userId',
    columns: ['number', 'userId', 'licenseId', 'role', 'createdAt'],
    moments: [{ field: 'createdAt', event: 'given' }],
  }),
  outline(codeGroups, {
    label: 'Redemption codes',
    title: 'label',
    columns: ['number', 'label', 'totalCodesCount', 'expirationDate', 'accessExpirationDate'],
    moments: [
      { field: 'expirationDate', event: 'expire' },
      { field: 'accessExpirationDate', event: 'access ends' },
    ],
    operations: [{ does: 'create', operation: 'createRedemptionCodes', ids: {} }],
  }),
  outline(courses, { label: 'Courses', ...content }),
  outline(learningPaths, { label: 'Learning paths', ...content }),
  outline(courseTags, { label: 'Course tags', ...content }),
];
