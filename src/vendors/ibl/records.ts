/** The records that ibl stores. Fields have the vendor's names. Instants have the form that `toStored` writes. */
import type { Collection } from '../../store/store.ts';
import type { JsonObject } from '../../messages/json.ts';
import type { SubjectField } from './kind-table.ts';

export type License = {
  readonly id: number;
  readonly created: string;
  readonly started: string;
  readonly expired: string | null;
  readonly name: string;
  readonly count: number;
  /** The stored flag, which does not depend on the dates: ledger row IBL-ACTIVE-EXPIRED. */
  readonly active: boolean;
  readonly metadata: JsonObject;
  readonly source: string;
  readonly external_id: string | null;
  readonly platform_key: string;
  readonly platform_org: string;
  /** Stored, but never shown. */
  readonly enrollment_config: JsonObject;
} & SubjectFields &
  Usage;

/** What the license is for, beside a platform. A kind of license has the fields of one subject, or none. */
export type SubjectFields = { readonly [Field in SubjectField]?: string };

/** Counts of a license's active assignments, kept in the transaction that changes an assignment. */
export type Usage = {
  /** All active assignments: ledger row IBL-USAGE-COUNT. */
  readonly usage_count: number;
  /** Those for an e-mail address without a user, and those that are not fulfilled: ledger row IBL-PENDING. */
  readonly invited_count: number;
  readonly unfulfilled_count: number;
};

/** One user's hold on a license. Also one e-mail address's, as long as no user has it. */
export type Assignment = {
  readonly id: number;
  readonly license_id: number;
  /** License and user, or license and e-mail address: nobody holds a license twice. */
  readonly holder: string;
  readonly user_id: number | null;
  readonly email: string | null;
  /** `email` in lower case. */
  readonly email_key: string | null;
  readonly active: boolean;
  readonly fulfilled: boolean;
  /** False if a group assignment made it. */
  readonly direct: boolean;
  readonly redirect_to: string | null;
  readonly metadata: JsonObject;
  readonly created: string;
  readonly modified: string;
  /** The group assignment that made it; null for a direct one. */
  readonly group_assignment_id: number | null;
};

export type GroupAssignment = {
  readonly id: number;
  readonly license_id: number;
  /** License and group. */
  readonly holder: string;
  readonly group_id: number;
  readonly active: boolean;
  readonly fulfilled: boolean;
  readonly redirect_to: string | null;
  readonly metadata: JsonObject;
  readonly created: string;
  readonly modified: string;
};

export type Platform = {
  readonly id: number;
  readonly key: string;
  readonly org: string;
  readonly name: string;
};

export type User = {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  /** `email` in lower case. */
  readonly email_key: string;
  readonly name: string;
  readonly platform_key: string;
};

export type Group = {
  readonly id: number;
  readonly name: string;
  readonly platform_key: string;
  /** Ids of users. */
  readonly members: readonly number[];
};

export type HistoryEntry = {
  readonly id: number;
  readonly license_id: number;
  /** Absent if the license itself changed. */
  readonly assignment_id?: number;
  readonly group_assignment_id?: number;
  readonly change_type: string;
  readonly transaction_id: string | null;
  /** The credential's token, or `scenario`. */
  readonly by: string;
  readonly at: string;
  /** The changed fields as they were; null if all were null, as for a creation. */
  readonly before: JsonObject | null;
  /** The same fields as they became; null if all became null, as for a removal. */
  readonly after: JsonObject | null;
};

/** The collections of one kind of license. Each kind counts its ids by itself. */
export type KindCollections = {
  readonly licenses: Collection<License>;
  readonly assignments: Collection<Assignment>;
  readonly groupAssignments: Collection<GroupAssignment>;
  readonly history: Collection<HistoryEntry>;
};

/** `subjectFields` can be filtered by. */
export function kindCollections(
  kind: string,
  subjectFields: readonly SubjectField[],
): KindCollections {
  const prefix = `ibl.${kind}-`;
  return {
    licenses: {
      name: `${prefix}licenses`,
      key: 'id',
      indexes: [
        { field: 'external_id', unique: true },
        { field: 'platform_key', unique: false },
        { field: 'platform_org', unique: false },
        ...subjectFields.map((field) => ({ field, unique: false })),
      ],
    },
    assignments: {
      name: `${prefix}assignments`,
      key: 'id',
      indexes: [
        { field: 'holder', unique: true },
        { field: 'license_id', unique: false },
        { field: 'user_id', unique: false },
        { field: 'email_key', unique: false },
        { field: 'group_assignment_id', unique: false },
      ],
    },
    groupAssignments: {
      name: `${prefix}group-assignments`,
      key: 'id',
      indexes: [
        { field: 'holder', unique: true },
        { field: 'license_id', unique: false },
      ],
    },
    history: {
      name: `${prefix}history`,
      key: 'id',
      indexes: [{ field: 'license_id', unique: false }],
    },
  };
}

export const platforms: Collection<Platform> = {
  name: 'ibl.platforms',
  key: 'id',
  indexes: [
    { field: 'key', unique: true },
    { field: 'org', unique: false },
  ],
};

export const users: Collection<User> = {
  name: 'ibl.users',
  key: 'id',
  indexes: [
    { field: 'username', unique: true },
    { field: 'email_key', unique: false },
    { field: 'platform_key', unique: false },
  ],
};

export const groups: Collection<Group> = {
  name: 'ibl.groups',
  key: 'id',
  indexes: [{ field: 'platform_key', unique: false }],
};

/** One text for several values: the key of a subject's record, or who holds which license. */
export function refOf(...parts: readonly (string | number)[]): string {
  return JSON.stringify(parts);
}
