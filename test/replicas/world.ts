/** The sandbox that the fault tests work on: in each vendor a license with too few seats for the people who want one. */

export const PEOPLE = 20;
export const SEATS = 12;
/** Members of the group that gets its seats all at once. */
export const GROUP = [1, 2, 3];

export const CLIENT = '2c9d6b10-5e4f-4a8b-9c1d-7a6b5c4d3e01';
export const SEAT_LICENSE = '655263b9-a281-467b-ad3e-9e3779b97f4b';
export const ALICE_GROUP = 'ea677d34-15bf-4074-97b1-5b9661e2b4d0';
export const SEAT_ISBN = '9780306406157';
export const STARTED = '2026-01-01T00:00:00Z';

const people = Array.from({ length: PEOPLE }, (_, at) => at + 1);
export const emailOf = (person: number): string => `p${person}@example.com`;
export const userIdOf = (person: number): string =>
  `00000000-0000-4000-8000-${String(person).padStart(12, '0')}`;

export const world = {
  name: 'faults',
  clock: '2026-11-21T09:30:00Z',
  ibl: {
    users: people.map((id) => ({ id, platform_key: 'acme', email: emailOf(id) })),
    groups: [{ id: 1, platform_key: 'acme', name: 'Staff', members: GROUP }],
    user_licenses: [{ id: 1, platform_key: 'acme', name: 'Seats', count: SEATS, started: STARTED }],
  },
  'thought-industries': {
    clients: [{ id: CLIENT }],
    licenses: [{ id: SEAT_LICENSE, clientId: CLIENT, name: 'Seats', seatsLimit: SEATS }],
    users: people.map((person) => ({ email: emailOf(person) })),
  },
  alice: {
    licenses: [
      {
        id: '0b7c5a1e-6f0d-4c39-8a52-3d9e1f7b2c40',
        Name: 'Seats',
        TargetUserGroupId: ALICE_GROUP,
        AvailableSeats: SEATS,
        Isbns: [SEAT_ISBN],
      },
    ],
  },
};

/** The parts of an exported state that the checks read. */
export type FoundState = {
  readonly ibl: {
    readonly user_licenses: readonly FoundLicense[];
    readonly licenses: readonly FoundLicense[];
  };
  readonly 'thought-industries': {
    readonly licenses: readonly { readonly id: string; readonly name: string }[];
    readonly users: readonly {
      readonly email: string;
      readonly licenses: readonly { readonly licenseId: string }[];
    }[];
  };
  readonly alice: {
    readonly licenses: readonly {
      readonly id: string;
      readonly Name: string;
      readonly UserIds?: readonly string[] | null;
    }[];
  };
};

export type FoundLicense = {
  readonly id: number;
  readonly external_id: string | null;
  readonly count: number;
  readonly assignments: readonly { readonly id: number; readonly user_id: number }[];
  readonly history: readonly {
    readonly change_type: string;
    readonly assignment_id?: number;
  }[];
};
