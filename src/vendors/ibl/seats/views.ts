/** What can be shown of an assignment and of a group assignment. */
import type { Assignment, GroupAssignment, SubjectFields } from '../records.ts';

export type AssignmentView = Shown<Assignment, 'user_id' | 'email' | 'direct'> & {
  readonly username: string | null;
  readonly name: string | null;
};

export type GroupView = Shown<GroupAssignment, 'group_id'> & {
  readonly group_name: string;
  /** Members of the group, and those of them that hold an assignment of this license. */
  readonly user_count: number;
  readonly assigned_count: number;
};

type Common =
  | 'id'
  | 'active'
  | 'fulfilled'
  | 'redirect_to'
  | 'metadata'
  | 'created'
  | 'modified'
  | 'license_id';
type Shown<R, Own extends keyof R> = Pick<R, (Common & keyof R) | Own> &
  SubjectFields & { readonly license_name: string; readonly platform_key: string };
