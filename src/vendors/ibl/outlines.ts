/** What the records are to people. */
import { outline, type Outline } from '../outline.ts';
import { kinds, seatKinds, subjects, type Kind } from './kinds.ts';
import { groups, platforms, users } from './records.ts';

const programsFirst = kinds.toReversed();

export const outlines: readonly Outline[] = [
  ...programsFirst.map(outlineLicenses),
  ...seatKinds.toReversed().flatMap(outlineSeats),
  ...programsFirst.map(({ title, history }) =>
    outline(history, {
      label: `${title} license history`,
      title: 'change_type',
      columns: ['id', 'license_id', 'change_type', 'by', 'at'],
    }),
  ),
  outline(platforms, {
    label: 'Platforms',
    title: 'name',
    columns: ['id', 'key', 'org', 'name'],
    parts: kinds.map(({ licenses }) => ({
      collection: licenses,
      field: 'platform_key',
      by: 'key' as const,
    })),
  }),
  ...subjects.map(({ collection, list }) =>
    outline(collection, {
      label: list.charAt(0).toUpperCase() + list.slice(1),
      title: 'name',
      columns: ['key', 'name', 'platform_key'],
    }),
  ),
  outline(users, {
    label: 'Users',
    title: 'name',
    columns: ['id', 'username', 'email', 'name', 'platform_key'],
    parts: seatKinds.map(({ assignments }) => ({
      collection: assignments,
      field: 'user_id',
      by: 'id' as const,
    })),
  }),
  outline(groups, { label: 'Groups', title: 'name', columns: ['id', 'name', 'platform_key'] }),
];

function outlineLicenses(kind: Kind): Outline {
  const { title, licenses, assignments, groupAssignments, history, seats } = kind;
  const parts = seats ? [assignments, groupAssignments, history] : [history];
  return outline(licenses, {
    label: `${title} licenses`,
    title: 'name',
    columns: ['id', 'name', 'external_id', 'platform_key', 'count', 'usage_count', 'expired'],
    moments: [
      { field: 'created', event: 'created' },
      { field: 'started', event: 'starts' },
      { field: 'expired', event: 'expires' },
    ],
    parts: parts.map((collection) => ({ collection, field: 'license_id', by: 'id' as const })),
    operations: [
      { does: 'create', operation: `create${title}License`, ids: {} },
      { does: 'change', operation: `update${title}License`, ids: { license_id: 'id' } },
    ],
  });
}

function outlineSeats({ title, assignments, groupAssignments }: Kind): readonly Outline[] {
  const label = `${title} license`;
  return [
    outline(assignments, {
      label: `${label} seats`,
      title: 'email',
      columns: ['id', 'license_id', 'user_id', 'email', 'active', 'fulfilled', 'created'],
      moments: [{ field: 'created', event: 'given' }],
      operations: [
        { does: 'create', operation: `create${title}LicenseAssignment`, ids: {} },
        {
          does: 'remove',
          operation: `delete${title}LicenseAssignment`,
          ids: { assignment_id: 'id' },
        },
      ],
    }),
    outline(groupAssignments, {
      label: `${label} groups`,
      title: 'holder',
      columns: ['id', 'license_id', 'group_id', 'active', 'created'],
      moments: [{ field: 'created', event: 'given' }],
      operations: [{ does: 'create', operation: `create${title}LicenseGroupAssignment`, ids: {} }],
    }),
  ];
}
