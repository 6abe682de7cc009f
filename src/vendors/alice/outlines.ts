/** What the records are to people. */
import { outline } from '../outline.ts';
import { groups, licenses, memberships, seats, titles, users } from './records.ts';

export const outlines = [
  outline(licenses, {
    label: 'Licenses',
    title: 'Name',
    columns: ['number', 'Name', 'id', 'AvailableSeats', 'taken', 'StartDate', 'EndDate'],
    moments: [
      { field: 'created', event: 'created' },
      { field: 'modified', event: 'changed' },
      { field: 'StartDate', event: 'starts' },
      { field: 'EndDate', event: 'ends' },
    ],
    living: [{ field: 'IsDeleted', equals: false }],
    parts: [
      { collection: seats, field: 'license', by: 'number' },
      { collection: titles, field: 'license', by: 'number' },
      { collection: memberships, field: 'license', by: 'number' },
    ],
    operations: [
      { does: 'create', operation: 'addLicense', ids: {} },
      { does: 'change', operation: 'updateLicense', ids: { id: 'id' } },
    ],
  }),
  outline(seats, { label: 'Seats', title: 'user', columns: ['license', 'user'] }),
  outline(titles, { label: 'Titles', title: 'isbn', columns: ['license', 'isbn', 'free'] }),
  outline(memberships, { label: 'Memberships', title: 'group', columns: ['license', 'group'] }),
  outline(groups, {
    label: 'User groups',
    title: 'id',
    columns: ['id', 'institutionNumber'],
    parts: [{ collection: memberships, field: 'group', by: 'id' }],
  }),
  outline(users, {
    label: 'Users',
    title: 'name',
    columns: ['id', 'name', 'className', 'gradeLevel'],
    parts: [{ collection: seats, field: 'user', by: 'id' }],
  }),
];
