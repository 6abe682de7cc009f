/** The `ibl` section of a scenario: the types of one that passed its schema (`section-schema.ts`). */
import type { JsonObject } from '../../../messages/json.ts';
import type { Changes } from '../history.ts';
import type { Kind } from '../kinds.ts';
import type { Assignment, GroupAssignment, HistoryEntry, SubjectFields } from '../records.ts';
import type { Subject } from '../subjects.ts';

type PlatformEntry = {
  readonly id?: number;
  readonly key: string;
  readonly org?: string;
  readonly name?: string;
};

type SubjectEntry = {
  readonly key: string;
  readonly id?: string;
  readonly name?: string;
  readonly platform: string;
};

export type UserEntry = {
  readonly id?: number;
  readonly username?: string;
  readonly email: string;
  readonly name?: string;
  readonly platform_key: string;
};

export type GroupEntry = {
  readonly id?: number;
  readonly name: string;
  readonly platform_key: string;
  readonly members?: readonly number[];
};

export type LicenseEntry = SubjectFields & {
  readonly id?: number;
  readonly platform_key: string;
  readonly name: string;
  readonly count: number;
  readonly created?: string;
  readonly started?: string;
  readonly expired?: string | null;
  readonly external_id?: string | null;
  readonly active?: boolean;
  readonly metadata?: JsonObject;
  readonly enrollment_config?: JsonObject;
  readonly source?: string;
  readonly assignments?: Counts | readonly AssignmentEntry[];
  readonly group_assignments?: readonly GroupAssignmentEntry[];
  readonly history?: readonly HistoryItem[];
};

/** How many assignments to make up: of users, and of e-mail addresses without a user. */
export type Counts = { readonly active?: number; readonly pending?: number };

export type AssignmentEntry = Partial<
  Pick<
    Assignment,
    | 'id'
    | 'user_id'
    | 'email'
    | 'active'
    | 'fulfilled'
    | 'direct'
    | 'redirect_to'
    | 'metadata'
    | 'created'
    | 'modified'
    | 'group_assignment_id'
  >
>;

export type GroupAssignmentEntry = Pick<GroupAssignment, 'group_id'> &
  Partial<
    Pick<
      GroupAssignment,
      'id' | 'active' | 'fulfilled' | 'redirect_to' | 'metadata' | 'created' | 'modified'
    >
  >;

export type HistoryItem = Pick<HistoryEntry, 'change_type' | 'at'> &
  Partial<Omit<HistoryEntry, 'license_id' | 'before' | 'after'>> & { readonly changes?: Changes };

export type GenerateEntry = SubjectFields & {
  readonly generate: number;
  readonly platform_key?: string;
};

/** Also has the lists of the subjects, and those of the licenses of each kind. */
export type Section = {
  readonly platforms?: readonly PlatformEntry[];
  readonly users?: readonly UserEntry[];
  readonly groups?: readonly GroupEntry[];
};

export function subjectsIn(section: JsonObject, { list }: Subject): readonly SubjectEntry[] {
  return (section[list] ?? []) as unknown as readonly SubjectEntry[];
}

export function licensesIn(
  section: JsonObject,
  { list }: Kind,
): readonly (LicenseEntry | GenerateEntry)[] {
  return (section[list] ?? []) as unknown as readonly (LicenseEntry | GenerateEntry)[];
}
