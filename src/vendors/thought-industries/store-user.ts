/** Stores a user with the licenses that a request gives: everything, or nothing and a problem. */
import { isProblem, type Problem } from '../../frameworks/framework.ts';
import type { TiWorld } from './credentials.ts';
import { nextRecord } from './find.ts';
import { carryOut, planLicenses } from './give-licenses.ts';
import type { UserInput } from './read-user.ts';
import { findByEmail, users, type UserRecord } from './users.ts';
import type { Wanted } from './wanted-licenses.ts';

export async function storeUser(
  input: UserInput & { readonly fields: { readonly email: string } },
  world: TiWorld,
): Promise<UserRecord | Problem> {
  const now = new Date(world.now).toISOString();
  const { number, id } = await nextRecord(users, 'user', world);
  const { fields } = input;
  const user: UserRecord = {
    number,
    id,
    email: fields.email,
    emailKey: fields.email.toLowerCase(),
    clientId: input.namedClientId ?? input.licenseClientId ?? null,
    roleKey: input.roleKey ?? 'student',
    disabled: false,
    externalCustomerId: fields.externalCustomerId ?? null,
    firstName: fields.firstName ?? null,
    lastName: fields.lastName ?? null,
    courseIds: input.courseIds,
    learningPathIds: input.learningPathIds,
    given: {},
    createdAt: now,
    updatedAt: now,
  };
  if (await findByEmail(user.email, world)) return emailTaken(user.email);
  const plan = await planLicenses(user, input.wanted, input.replaceLicenses, world);
  if (isProblem(plan)) return plan;
  await world.in(users).insert(user);
  await carryOut(plan, user, world);
  return user;
}

/** Fields that were left out stay as they were. */
export async function changeUser(
  before: UserRecord,
  input: UserInput,
  world: TiWorld,
): Promise<UserRecord | Problem> {
  const { fields, replaceCourses } = input;
  const email = fields.email ?? before.email;
  const owner = await findByEmail(email, world);
  if (owner && owner.id !== before.id) return emailTaken(email);
  const plan = await planLicenses(before, input.wanted, input.replaceLicenses, world);
  if (isProblem(plan)) return plan;
  const join = (name: 'courseIds' | 'learningPathIds') =>
    replaceCourses ? input[name] : [...new Set([...before[name], ...input[name]])];
  const after: UserRecord = {
    ...before,
    ...fields,
    email,
    emailKey: email.toLowerCase(),
    clientId: input.namedClientId ?? before.clientId ?? input.licenseClientId ?? null,
    roleKey: input.roleKey ?? before.roleKey,
    courseIds: join('courseIds'),
    learningPathIds: join('learningPathIds'),
    updatedAt: new Date(world.now).toISOString(),
  };
  await world.in(users).update(after);
  await carryOut(plan, after, world);
  return after;
}

/** A change of licenses and nothing else. TI-USER-CLIENT: a user without a client gets that of the first license. */
export function onlyLicenses(
  wanted: readonly Wanted[] | undefined,
): Omit<UserInput, 'replaceLicenses'> {
  return {
    fields: {},
    roleKey: undefined,
    namedClientId: undefined,
    licenseClientId: wanted?.[0]?.license.clientId,
    courseIds: [],
    learningPathIds: [],
    replaceCourses: false,
    wanted,
  };
}

/** TI-USER-EMAILS */
function emailTaken(email: string): Problem {
  const message = `A user with the email ${email} already exists.`;
  const violation = { in: 'body' as const, path: ['email'], keyword: 'unique', message };
  return { problem: 'conflict', violations: [violation] };
}
