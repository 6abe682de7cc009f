/**
 * The kinds of license, which differ only in what this table says. A new kind is an entry here, and its operations in
 * the spec. Fields are listed in the order in which answers show them.
 */

/** The parameters are fields: those that a license, an assignment and a group assignment can show, and those of subjects. */
export type KindEntry<License = string, Seat = string, Group = string, Subject = string> = {
  /** In paths, in names of collections and, with a capital letter, in operation ids. */
  readonly name: string;
  /** The key of its licenses in a scenario. */
  readonly list: string;
  /** What its licenses are for, beside a platform. */
  readonly subject?: SubjectEntry<Subject>;
  /** What answers show of a license after `platform_key`. */
  readonly shows: readonly License[];
  /** Whether verbose lists show how many assignments there are by status. */
  readonly countsAssignments?: boolean;
  /** Status of the answer if a creation names an unknown platform or subject: ledger row IBL-REFERENCES. */
  readonly unknownReference: 400 | 404;
  /** What its assignments and group assignments show. Without it, the kind has none. */
  readonly seats?: {
    readonly shows: readonly Seat[];
    readonly groupShows: readonly Group[];
    /** Leaves `redirect_to` out of an assignment that has none, because the schema does not allow null. */
    readonly omitsRedirect?: boolean;
  };
  /** Whether anybody may ask if an e-mail address has an assignment. */
  readonly hasCheck?: boolean;
};

export type SubjectEntry<Field = string> = {
  /** The field of a license that names it, also in a scenario. */
  readonly field: Field;
  /** The word for it in messages, and the key of its list in a scenario. */
  readonly word: string;
  readonly list: string;
  /** The fields of a license for it, and the field of the subject's record that each has. */
  readonly fields: Readonly<Record<string, 'key' | 'program_id' | 'name'>>;
};

const SEAT = ['id', 'user_id', 'username', 'email', 'active', 'fulfilled', 'redirect_to'] as const;
const GROUP = ['id', 'group_id', 'group_name', 'active', 'fulfilled', 'redirect_to'] as const;
const LICENSE = ['metadata', 'license_id', 'license_name'] as const;
const DATED_LICENSE = ['metadata', 'created', 'modified', 'license_id', 'license_name'] as const;

export const kindTable = [
  { name: 'platform', list: 'platform_licenses', shows: [], unknownReference: 400 },
  {
    name: 'user',
    list: 'user_licenses',
    shows: ['usage_count'],
    countsAssignments: true,
    unknownReference: 400,
    seats: {
      shows: [...SEAT, ...LICENSE, 'platform_key'],
      groupShows: [...GROUP, ...LICENSE, 'platform_key'],
    },
    hasCheck: true,
  },
  {
    name: 'course',
    list: 'course_licenses',
    subject: { field: 'course_id', word: 'course', list: 'courses', fields: { course_id: 'key' } },
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
    subject: {
      field: 'program_key',
      word: 'program',
      list: 'programs',
      fields: { program_id: 'program_id', program_key: 'key', program_name: 'name' },
    },
    shows: ['program_id', 'program_key', 'program_name', 'usage_count'],
    countsAssignments: true,
    unknownReference: 400,
    seats: {
      shows: [
        ...([
          'id',
          'user_id',
          'username',
          'name',
          'email',
          'active',
          'fulfilled',
          'direct',
        ] as const),
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
] as const satisfies readonly KindEntry[];

type FieldsOf<Entry> = Entry extends { readonly subject: { readonly fields: infer Fields } }
  ? keyof Fields
  : never;

/** The fields that licenses have for their subjects. */
export type SubjectField = FieldsOf<(typeof kindTable)[number]>;
