/** Holds what is stored against what clients were answered: each difference is a sentence. */
import type { Attempt } from './load.ts';
import { GROUP, SEAT_LICENSE, SEATS, type FoundLicense, type FoundState } from './world.ts';

/** What a kind of attempt made: its key, and the record's id where the answer tells it. */
type Made = { readonly key: string; readonly id?: number | string };

const HAS_SEATS: ReadonlySet<string> = new Set([
  'ibl seat',
  'thought-industries seat',
  'alice seat',
]);

export function findFaults(
  attempts: readonly Attempt[],
  state: FoundState,
  /** Request ids of the journal. */
  journal: readonly string[],
): readonly string[] {
  const made = madeIn(state);
  return [
    ...Object.entries(made).flatMap(([kind, found]) =>
      findWrongRecords(
        kind as Attempt['kind'],
        attempts.filter((attempt) => attempt.kind === kind),
        found,
      ),
    ),
    ...findWrongCounts(attempts, state.ibl.licenses),
    ...findWrongGroups(attempts, state.ibl.licenses),
    ...[...state.ibl.licenses, ...state.ibl.user_licenses].flatMap(findDoubledHistory),
    ...findWrongRequestIds(attempts, journal),
  ];
}

function madeIn(state: FoundState): Partial<Record<Attempt['kind'], readonly Made[]>> {
  const [seats] = state.ibl.user_licenses;
  const { licenses, users } = state['thought-industries'];
  const held = state.alice.licenses.find(({ Name }) => Name === 'Seats');
  return {
    'ibl license': state.ibl.licenses.map(({ id, external_id: key }) => ({ id, key: key ?? '' })),
    'ibl seat': (seats?.assignments ?? []).map(({ user_id: user }) => ({ key: String(user) })),
    'thought-industries license': licenses
      .filter(({ id }) => id !== SEAT_LICENSE)
      .map(({ id, name }) => ({ id, key: name })),
    'thought-industries seat': users.flatMap(({ email, licenses: own }) =>
      own.map(() => ({ key: email })),
    ),
    'alice license': state.alice.licenses
      .filter((license) => license !== held)
      .map(({ Name }) => ({ key: Name })),
    'alice seat': (held?.UserIds ?? []).map((key) => ({ key })),
  };
}

function findWrongRecords(
  kind: Attempt['kind'],
  attempts: readonly Attempt[],
  found: readonly Made[],
): readonly string[] {
  const byKey = Map.groupBy(found, ({ key }) => key);
  const askedFor = Map.groupBy(attempts, ({ key }) => key);
  const ids = found.flatMap(({ id }) => id ?? []);
  return [
    ...[...askedFor].flatMap(([key, all]) => {
      const there = byKey.get(key) ?? [];
      const done = all.filter(({ ended }) => ended === 'done');
      const isOnce = done.some(({ id }) => id !== undefined) && !HAS_SEATS.has(kind);
      return [
        ...(done.length > 0 && there.length === 0
          ? [`${kind} ${key} was acknowledged and is lost.`]
          : []),
        ...(done.length > 1 && isOnce
          ? [`${kind} ${key} was acknowledged ${done.length} times.`]
          : []),
        ...(there.length > 0 && all.every(({ ended }) => ended === 'refused')
          ? [`${kind} ${key} was refused and is there.`]
          : []),
        ...done
          .filter(({ id }) => id !== undefined && there[0]?.id !== undefined && there[0].id !== id)
          .map(
            ({ id }) => `${kind} ${key} was answered with the id ${id} and has ${there[0]?.id}.`,
          ),
      ];
    }),
    ...[...byKey].flatMap(([key, there]) => [
      ...(there.length > 1 ? [`${kind} ${key} is there ${there.length} times.`] : []),
      ...(askedFor.has(key) ? [] : [`${kind} ${key} is there, and nobody asked for it.`]),
    ]),
    ...(new Set(ids).size < ids.length ? [`Two of ${kind} have one id.`] : []),
    ...(HAS_SEATS.has(kind) && found.length > SEATS
      ? [`${found.length} of ${SEATS} seats are given: ${kind}.`]
      : []),
  ];
}

/** Each of these licenses has one client, who counts upwards. */
function findWrongCounts(
  attempts: readonly Attempt[],
  licenses: readonly FoundLicense[],
): readonly string[] {
  const changes = attempts.filter(({ kind }) => kind === 'ibl count');
  return [...Map.groupBy(changes, ({ key }) => key)].flatMap(([key, all]) => {
    const license = licenses.find(({ id }) => String(id) === key);
    const values = (...ended: readonly Attempt['ended'][]) =>
      all.filter((each) => ended.includes(each.ended)).map(({ value = 0 }) => value);
    const last = Math.max(0, ...values('done'));
    const possible = [last, ...values('unknown').filter((value) => value > last)];
    if (license && last === 0 && license.count === 10) return [];
    return license && possible.includes(license.count)
      ? []
      : [`The count of license ${key} is ${license?.count}, not one of ${possible.join(', ')}.`];
  });
}

function findWrongGroups(
  attempts: readonly Attempt[],
  licenses: readonly FoundLicense[],
): readonly string[] {
  return licenses.flatMap(({ id, assignments }) => {
    const asked = attempts.filter(({ kind, key }) => kind === 'ibl group' && key === String(id));
    const isDone = asked.some(({ ended }) => ended === 'done');
    const isPossible = asked.some(({ ended }) => ended !== 'refused');
    const members = assignments.map(({ user_id: user }) => user).toSorted();
    const isWhole = members.join() === GROUP.join();
    const isRight = isWhole ? isPossible : members.length === 0 && !isDone;
    return isRight
      ? []
      : [`License ${id} has seats for ${members.join() || 'nobody'} of the group.`];
  });
}

/** A work that ran twice and was kept twice shows in the history. */
function findDoubledHistory({ id, history }: FoundLicense): readonly string[] {
  const keys = history
    .filter(({ change_type: type }) => type === 'create' || type === 'assign')
    .map((entry) => JSON.stringify({ ...entry, id: undefined, at: undefined }));
  return new Set(keys).size === keys.length
    ? []
    : [`The history of license ${id} says a thing twice.`];
}

function findWrongRequestIds(
  attempts: readonly Attempt[],
  journal: readonly string[],
): readonly string[] {
  const ids = attempts.flatMap(({ requestId }) => requestId ?? []);
  const kept = new Set(journal);
  return [
    ...(new Set(ids).size === ids.length ? [] : ['A request id was given twice.']),
    ...(kept.size === journal.length ? [] : ['The journal has an entry twice.']),
    ...ids
      .filter((id) => !kept.has(id))
      .map((id) => `The journal lacks ${id}, which was answered.`),
  ];
}
