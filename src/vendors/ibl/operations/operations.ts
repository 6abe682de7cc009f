/** The operations of every kind, by the ids that they have in the spec. */
import type { Operation } from '../../../openapi/operation.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig } from '../credentials.ts';
import { isSeatKind, kinds, type Kind, type SeatKind } from '../kinds.ts';
import { assign } from './assign.ts';
import { assignGroup } from './assign-group.ts';
import { checkAssignment } from './check-assignment.ts';
import { createLicense } from './create-license.ts';
import { listAssignments, listGroupAssignments } from './list-assignments.ts';
import { listLicenses } from './list-licenses.ts';
import { unassign } from './unassign.ts';
import { unassignGroup } from './unassign-group.ts';
import { updateLicense } from './update-license.ts';

type Served = {
  readonly id: string;
  /** The class of its view. The vendor's names are not known: ledger row IBL-OPTIONS. */
  readonly view: string;
  readonly handler: Handler<IblConfig>;
  /** True if it needs no credentials. */
  readonly isOpen?: boolean;
};

const served: readonly Served[] = kinds.flatMap((kind) => [
  ...licensesOf(kind),
  ...(isSeatKind(kind) ? seatsOf(kind) : []),
  ...(kind.hasCheck ? [checkOf(kind)] : []),
]);

function licensesOf(kind: Kind): readonly Served[] {
  const view = `${kind.title}License`;
  return [
    { id: `list${view}s`, view: `${view}View`, handler: listLicenses(kind) },
    { id: `create${view}`, view: `${view}CreateView`, handler: createLicense(kind) },
    { id: `update${view}`, view: `${view}UpdateView`, handler: updateLicense(kind) },
  ];
}

function seatsOf(kind: SeatKind): readonly Served[] {
  const one = `${kind.title}LicenseAssignment`;
  const group = `${kind.title}LicenseGroupAssignment`;
  return [
    { id: `list${one}s`, view: `${one}View`, handler: listAssignments(kind) },
    { id: `create${one}`, view: `${one}View`, handler: assign(kind) },
    { id: `delete${one}`, view: `${one}View`, handler: unassign(kind) },
    { id: `list${group}s`, view: `${group}View`, handler: listGroupAssignments(kind) },
    { id: `create${group}`, view: `${group}View`, handler: assignGroup(kind) },
    { id: `delete${group}`, view: `${group}View`, handler: unassignGroup(kind) },
  ];
}

function checkOf(kind: Kind): Served {
  const id = `check${kind.title}LicenseAssignment`;
  const view = `${kind.title}LicenseAssignmentCheckView`;
  return { id, view, handler: checkAssignment(kind), isOpen: true };
}

export const handlers: Readonly<Record<string, Handler<IblConfig>>> = Object.fromEntries(
  served.map(({ id, handler }) => [id, handler]),
);

export const viewClasses: Readonly<Record<string, string>> = Object.fromEntries(
  served.map(({ id, view }) => [id, view]),
);

const open = new Set(served.flatMap((each) => (each.isOpen ? [each.id] : [])));

export function isOpen({ id }: Operation): boolean {
  return open.has(id);
}
