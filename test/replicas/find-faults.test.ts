/** The check of the fault tests finds each fault that it is for. */
import { expect, it } from 'vitest';
import { findFaults } from './find-faults.ts';
import type { Attempt } from './load.ts';
import { emailOf, SEAT_LICENSE, SEATS, userIdOf, type FoundState } from './world.ts';

type Made = { -readonly [K in keyof FoundState]: FoundState[K] };

let requests = 0;
const attempt = (
  kind: Attempt['kind'],
  key: string,
  ended: Attempt['ended'] = 'done',
  more: Partial<Attempt> = {},
): Attempt => ({ kind, key, ended, answer: '', requestId: `r-${(requests += 1)}`, ...more });

const license = (id: number, key: string | null, more: object = {}) => ({
  id,
  external_id: key,
  count: 10,
  assignments: [],
  history: [{ change_type: 'create' }],
  ...more,
});
const seat = (person: number) => ({ id: person, user_id: person });

/** One of each, all acknowledged; and what is stored of it. */
function right(): { attempts: Attempt[]; state: Made } {
  return {
    attempts: [
      attempt('ibl license', 'a', 'done', { id: 1 }),
      attempt('ibl count', '1', 'done', { value: 11 }),
      attempt('ibl group', '1'),
      attempt('ibl seat', '4', 'done', { id: 4 }),
      attempt('thought-industries license', 'b', 'done', { id: 'x' }),
      attempt('thought-industries seat', emailOf(1)),
      attempt('alice license', 'c'),
      attempt('alice seat', userIdOf(1)),
      attempt('ibl license', 'd', 'unknown'),
      attempt('ibl license', 'a', 'refused'),
    ],
    state: {
      ibl: {
        user_licenses: [license(1, null, { assignments: [seat(4)] })],
        licenses: [license(1, 'a', { count: 11, assignments: [1, 2, 3].map(seat) })],
      },
      'thought-industries': {
        licenses: [
          { id: SEAT_LICENSE, name: 'Seats' },
          { id: 'x', name: 'b' },
        ],
        users: [{ email: emailOf(1), licenses: [{ licenseId: SEAT_LICENSE }] }],
      },
      alice: {
        licenses: [
          { id: 's', Name: 'Seats', UserIds: [userIdOf(1)] },
          { id: 'y', Name: 'c' },
        ],
      },
    },
  };
}

type Right = ReturnType<typeof right>;
const faultsOf = ({ attempts, state }: Right, journal?: readonly string[]) =>
  findFaults(attempts, state, journal ?? attempts.flatMap(({ requestId }) => requestId ?? []));
const ibl = (given: Right, more: Partial<FoundState['ibl']>) => {
  given.state.ibl = { ...given.state.ibl, ...more };
};

it('finds none where all is as it was answered', () => {
  expect(faultsOf(right())).toEqual([]);
});

it('lets what was not answered be there or not', () => {
  const given = right();
  ibl(given, { licenses: [...given.state.ibl.licenses, license(2, 'd')] });
  expect(faultsOf(given)).toEqual([]);
});

const planted: readonly (readonly [string, (given: Right) => void])[] = [
  ['ibl license a was acknowledged and is lost.', (given) => ibl(given, { licenses: [] })],
  [
    'alice license c was acknowledged and is lost.',
    ({ state }) => (state.alice = { licenses: state.alice.licenses.slice(0, 1) }),
  ],
  [
    'ibl license a is there 2 times.',
    (given) => ibl(given, { licenses: [...given.state.ibl.licenses, license(2, 'a')] }),
  ],
  [
    'thought-industries license b is there 2 times.',
    ({ state }) => {
      const { licenses, users } = state['thought-industries'];
      state['thought-industries'] = { licenses: [...licenses, { id: 'z', name: 'b' }], users };
    },
  ],
  [
    'ibl license a was acknowledged 2 times.',
    ({ attempts }) => attempts.push(attempt('ibl license', 'a', 'done', { id: 1 })),
  ],
  [
    'ibl license a was answered with the id 7 and has 1.',
    ({ attempts }) => (attempts[0] = attempt('ibl license', 'a', 'done', { id: 7 })),
  ],
  [
    'ibl license e is there, and nobody asked for it.',
    (given) => ibl(given, { licenses: [...given.state.ibl.licenses, license(2, 'e')] }),
  ],
  [
    'ibl license d was refused and is there.',
    (given) => {
      given.attempts[8] = attempt('ibl license', 'd', 'refused');
      ibl(given, { licenses: [...given.state.ibl.licenses, license(2, 'd')] });
    },
  ],
  [
    'Two of ibl license have one id.',
    (given) => ibl(given, { licenses: [...given.state.ibl.licenses, license(1, 'd')] }),
  ],
  [
    `${SEATS + 1} of ${SEATS} seats are given: ibl seat.`,
    (given) => {
      const people = Array.from({ length: SEATS + 1 }, (_, at) => at + 1);
      given.attempts.push(
        ...people.map((person) => attempt('ibl seat', String(person), 'unknown')),
      );
      ibl(given, { user_licenses: [license(1, null, { assignments: people.map(seat) })] });
    },
  ],
  [
    'ibl seat 4 is there 2 times.',
    (given) =>
      ibl(given, { user_licenses: [license(1, null, { assignments: [seat(4), seat(4)] })] }),
  ],
  [
    'The count of license 1 is 10, not one of 11.',
    (given) => ibl(given, { licenses: [license(1, 'a', { assignments: [1, 2, 3].map(seat) })] }),
  ],
  [
    'License 1 has seats for 1,2 of the group.',
    (given) =>
      ibl(given, { licenses: [license(1, 'a', { count: 11, assignments: [1, 2].map(seat) })] }),
  ],
  [
    'The history of license 1 says a thing twice.',
    (given) => {
      const history = [{ change_type: 'create' }, { change_type: 'create' }];
      ibl(given, { user_licenses: [license(1, null, { assignments: [seat(4)], history })] });
    },
  ],
  [
    'A request id was given twice.',
    ({ attempts }) =>
      attempts.push(
        attempt('alice license', 'c', 'done', { requestId: attempts[0]?.requestId ?? '' }),
      ),
  ],
];

it.each(planted)('finds: %s', (fault, plant) => {
  const given = right();
  plant(given);
  expect(faultsOf(given)).toContain(fault);
});

it('finds what the journal lacks or has twice', () => {
  const given = right();
  const ids = given.attempts.flatMap(({ requestId }) => requestId ?? []);
  expect(faultsOf(given, ids.slice(1))).toEqual([
    `The journal lacks ${ids[0]}, which was answered.`,
  ]);
  expect(faultsOf(given, [...ids, ids[0] ?? ''])).toEqual(['The journal has an entry twice.']);
});
