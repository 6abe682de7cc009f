/** What the records are to people. */
import { outline } from '../outline.ts';
import { history, licenses, platforms, programs } from './records.ts';

export const outlines = [
  outline(licenses, {
    label: 'Licenses',
    title: 'name',
    columns: ['id', 'name', 'external_id', 'platform_key', 'count', 'usage_count', 'expired'],
    moments: [
      { field: 'created', event: 'created' },
      { field: 'started', event: 'starts' },
      { field: 'expired', event: 'expires' },
    ],
    parts: [{ collection: history, field: 'license_id', by: 'id' }],
  }),
  outline(platforms, {
    label: 'Platforms',
    title: 'name',
    columns: ['id', 'key', 'org', 'name'],
    parts: [
      { collection: licenses, field: 'platform_key', by: 'key' },
      { collection: programs, field: 'platform_key', by: 'key' },
    ],
  }),
  outline(programs, {
    label: 'Programs',
    title: 'name',
    columns: ['key', 'name', 'program_id', 'platform_key'],
    parts: [{ collection: licenses, field: 'program_key', by: 'key' }],
  }),
  outline(history, {
    label: 'History',
    title: 'change_type',
    columns: ['id', 'license_id', 'change_type', 'by', 'at'],
    moments: [{ field: 'at', event: 'happened' }],
  }),
];
