/** The operations of every kind, by the ids that they have in the spec. */
import type { Operation } from '../../../openapi/operation.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig } from '../credentials.ts';
import { kindOf, kinds, seatKinds } from '../kinds.ts';
import { assign } from './assign.ts';
import { assignGroup } from './assign-group.ts';
import { checkAssignment } from './check-assignment.ts';
import { createLicense } from './create-license.ts';
import { listAssignments, listGroupAssignments } from './list-assignments.ts';
import { listLicenses } from './list-licenses.ts';
import { unassign } from './unassign.ts';
import { unassignGroup } from './unassign-group.ts';
import { updateLicense } from './update-license.ts';

/** Operation ids end in the view of the operation: `createUserLicense`, `deleteUserLicenseAssignment`. */
export const handlers: Readonly<Record<string, Handler<IblConfig>>> = {
  ...Object.fromEntries(
    kinds.flatMap((kind) => [
      [`list${kind.title}Licenses`, listLicenses(kind)],
      [`create${kind.title}License`, createLicense(kind)],
      [`update${kind.title}License`, updateLicense(kind)],
    ]),
  ),
  ...Object.fromEntries(
    seatKinds.flatMap((kind) => [
      [`list${kind.title}LicenseAssignments`, listAssignments(kind)],
      [`create${kind.title}LicenseAssignment`, assign(kind)],
      [`delete${kind.title}LicenseAssignment`, unassign(kind)],
      [`list${kind.title}LicenseGroupAssignments`, listGroupAssignments(kind)],
      [`create${kind.title}LicenseGroupAssignment`, assignGroup(kind)],
      [`delete${kind.title}LicenseGroupAssignment`, unassignGroup(kind)],
    ]),
  ),
  checkUserLicenseAssignment: checkAssignment(kindOf('user')),
};

/** The one view that needs no credentials. */
export function isOpen({ id }: Operation): boolean {
  return id === 'checkUserLicenseAssignment';
}

/** The vendor's class names are not known: ledger row IBL-OPTIONS. */
export const viewClasses: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    kinds.flatMap(({ title }) => [
      [`list${title}Licenses`, `${title}LicenseView`],
      [`create${title}License`, `${title}LicenseCreateView`],
      [`update${title}License`, `${title}LicenseUpdateView`],
    ]),
  ),
  ...Object.fromEntries(
    seatKinds.flatMap(({ title }) => [
      [`list${title}LicenseAssignments`, `${title}LicenseAssignmentView`],
      [`list${title}LicenseGroupAssignments`, `${title}LicenseGroupAssignmentView`],
    ]),
  ),
  checkUserLicenseAssignment: 'UserLicenseAssignmentCheckView',
};
