/**
 * The kinds of license. They differ only in what this table says: a new kind is an entry here, and its operations in
 * the spec. Fields are listed in the order in which answers show them.
 */
import { kindCollections, type KindCollections, type License } from './records.ts';
import { course, program, type Subject } from './subjects.ts';
import type { AssignmentView, GroupView } from './seats/views.ts';

type KindEntry = {
  /** In paths, and with a capital letter in operation ids. */
  readonly name: string;
  /** The key of its licenses in a scenario. */
  readonly list: string;
  /** Prefix of the names of its collections. */
  readonly prefix: string;
  /** What its seats are for, beside a platform. */
  readonly subject?: Subject;
  /** What answers show of a license after `platform_key`. */
  readonly shows: readonly (keyof License)[];
  /** Whether verbose lists show how many assignments there are by status. */
  readonly countsAssignments?: boolean;
  /** Status of the answer if a creation names an unknown platform or subject: ledger row IBL-REFERENCES. */
  readonly unknownReference: 400 | 404;
  /** What its assignments and group assignments show. Without it, the kind has none. */
  readonly seats?: {
    readonly shows: readonly (keyof AssignmentView)[];
    readonly groupShows: readonly (keyof GroupView)[];
    /** Leaves `redirect_to` out of an assignment that has none, because the schema does not allow null. */
    readonly omitsRedirect?: boolean;
  };
};

export type Kind = KindEntry & KindCollections & { readonly title: string };

/** A kind whose seats can be assigned. */
export type SeatKind = Kind & Required<Pick<Kind, 'seats'>>;

const SEAT = ['id', 'user_id', 'username', 'email', 'active', 'fulfilled', 'redirect_to'] as const;
const GROUP = ['id', 'group_id', 'group_name', 'active', 'fulfilled', 'redirect_to'] as const;
const LICENSE = ['metadata', 'license_id', 'license_name'] as const;
const DATED_LICENSE = ['metadata', 'created', 'modified', 'license_id', 'license_name'] as const;

const entries: readonly KindEntry[] = [
  {
    name: 'platform',
    list: 'platform_licenses',
    prefix: 'ibl.platform-',
    shows: [],
    unknownReference: 400,
  },
  {
    name: 'user',
    list: 'user_licenses',
    prefix: 'ibl.user-',
    shows: ['usage_count'],
    countsAssignments: true,
    unknownReference: 400,
    seats: {
      shows: [...SEAT, ...LICENSE, 'platform_key'],
      groupShows: [...GROUP, ...LICENSE, 'platform_key'],
    },
  },
  {
    name: 'course',
    list: 'course_licenses',
    prefix: 'ibl.course-',
    subject: course,
    shows: ['course_id', 'usage_count'],
    unknownReference: 404,
    seats: {
      shows: [...SEAT, ...LICENSE, 'course_id'],
      groupShows: [...GROUP, ...LICENSE, 'course_id'],
    },
  },
  {
    name: 'program',
    list: 'licenses',
    prefix: 'ibl.',
    subject: program,
    shows: ['program_id', 'program_key', 'program_name', 'usage_count'],
    countsAssignments: true,
    unknownReference: 400,
    seats: {
      shows: [
        'id',
        'user_id',
        'username',
        'name',
        'email',
        'active',
        'fulfilled',
        'direct',
        'redirect_to',
        ...DATED_LICENSE,
        'program_key',
      ],
      groupShows: [
        ...GROUP,
        ...DATED_LICENSE,
        'program_key',
        'program_name',
        'user_count',
        'assigned_count',
      ],
      omitsRedirect: true,
    },
  },
];

export const kinds: readonly Kind[] = entries.map((entry) => ({
  ...entry,
  ...kindCollections(entry.prefix),
  title: entry.name.charAt(0).toUpperCase() + entry.name.slice(1),
}));

export const seatKinds: readonly SeatKind[] = kinds.flatMap((kind) =>
  kind.seats ? [{ ...kind, seats: kind.seats }] : [],
);

/** Throws if there is none. */
export function kindOf(name: string): Kind {
  const found = kinds.find((kind) => kind.name === name);
  if (!found) throw new Error(`No kind of license is named ${name}.`);
  return found;
}
