/** Stores a scenario's users and codes. Names and emails that it leaves out follow from the sandbox's seed. */
import type { Json, JsonObject } from '../../../messages/json.ts';
import type { TiWorld } from '../credentials.ts';
import { findById, nextRecord } from '../find.ts';
import { licenses, numberOrNull, textOrNull, uniqueTexts, type LicenseRecord } from '../records.ts';
import { codeGroups } from '../redemption-codes.ts';
import { allocate, findSeatsTaken, seatsUsedOf } from '../seats.ts';
import { formatTimestamp } from '../timestamp.ts';
import { findByEmail, users, type UserRecord } from '../users.ts';
import { idOf, itemsOf, readGiven, readMoment } from './read-item.ts';
import { givenFields } from './schema.ts';
import { makeContent, settleClient } from './settle.ts';

/** Throws if a user has a license that the section does not have, or that has fewer seats. */
export async function plantUsers(section: JsonObject, world: TiWorld): Promise<void> {
  const given = new Map<string, LicenseRecord>();
  for (const item of itemsOf(section['users'])) {
    const user = await plantUser(item, world);
    for (const { licenseId, role, createdAt } of itemsOf(item['licenses'])) {
      const license = await findById(licenses, idOf(licenseId), world);
      if (!license) {
        throw new Error(
          `The user ${user.email} has the license ${idOf(licenseId)}, but no license has this id. Add one.`,
        );
      }
      const since = readMoment(createdAt, world.now) ?? user.createdAt;
      await allocate(user, license, role === 'manager' ? 'manager' : 'student', since, world);
      given.set(license.id, license);
    }
  }
  for (const license of given.values()) await checkSeats(license, world);
}

/** Throws if the license has fewer seats. */
export async function plantStudents(
  license: LicenseRecord,
  count: number,
  world: TiWorld,
): Promise<void> {
  for (let made = 0; made < count; made++) {
    const { clientId, createdAt } = license;
    const user = await plantUser({ clientId, createdAt }, world);
    await allocate(user, license, 'student', createdAt, world);
  }
  if (count > 0) await checkSeats(license, world);
}

async function checkSeats(license: LicenseRecord, world: TiWorld): Promise<void> {
  const used = await seatsUsedOf(license, world);
  if (!(await findSeatsTaken(license.seatsLimit, () => Promise.resolve(used), world))) return;
  throw new Error(
    `The license "${license.name}" has ${used} students, but only ${license.seatsLimit} seats. Add seats, or remove students.`,
  );
}

async function plantUser(item: JsonObject, world: TiWorld): Promise<UserRecord> {
  const next = await nextRecord(users, 'user', world);
  const id = item['id'] === undefined ? next.id : idOf(item['id']);
  const faker = world.faker(`user ${next.number} name`);
  const firstName = givenOr(item['firstName'], faker.person.firstName());
  const lastName = givenOr(item['lastName'], faker.person.lastName());
  const email = String(item['email'] ?? emailOf(firstName, lastName, next.number));
  const created = readMoment(item['createdAt'], world.now) ?? formatTimestamp(world.now);
  const user: UserRecord = {
    number: next.number,
    id,
    email,
    emailKey: email.toLowerCase(),
    clientId: item['clientId'] === undefined ? null : idOf(item['clientId']),
    roleKey: String(item['role'] ?? 'student'),
    disabled: item['disabled'] === true,
    externalCustomerId: textOrNull(item['externalCustomerId']),
    firstName,
    lastName,
    courseIds: idsOf(item['courseIds']),
    learningPathIds: idsOf(item['learningPathIds']),
    given: readGiven(item, givenFields.users, world.now),
    createdAt: created,
    updatedAt: readMoment(item['updatedAt'], world.now) ?? created,
  };
  if (await findByEmail(email, world)) {
    throw new Error(`Two users have the email ${email}. Give each user an email of its own.`);
  }
  await settle(user, world);
  await world.in(users).insert(user);
  return user;
}

export async function plantCodeGroups(section: JsonObject, world: TiWorld): Promise<void> {
  for (const item of itemsOf(section['redemptionCodes'])) {
    const next = await nextRecord(codeGroups, 'redemption codes', world);
    const group = {
      ...next,
      ...(item['id'] !== undefined && { id: idOf(item['id']) }),
      label: String(item['label']),
      codeLength: Number(item['codeLength']),
      totalCodesCount: Number(item['totalCodesCount']),
      expirationDate: readMoment(item['expirationDate'], world.now) ?? null,
      accessDays: numberOrNull(item['accessDays']),
      accessExpirationDate: readMoment(item['accessExpirationDate'], world.now) ?? null,
      clientId: item['clientId'] === undefined ? null : idOf(item['clientId']),
      courseIds: idsOf(item['courseIds']),
      learningPathIds: idsOf(item['learningPathIds']),
      bundleIds: idsOf(item['bundleIds']),
      licenseIds: idsOf(item['licenseIds']),
    };
    await settle(group, world);
    await world.in(codeGroups).insert(group);
  }
}

type Naming = {
  readonly clientId: string | null;
  readonly courseIds: readonly string[];
  readonly learningPathIds: readonly string[];
};

async function settle(
  { clientId, courseIds, learningPathIds }: Naming,
  world: TiWorld,
): Promise<void> {
  if (clientId !== null) await settleClient(clientId, world);
  await makeContent({ courseIds, learningPathIds }, world);
}

/** Null is given, too: an API's user may have no name. */
function givenOr(value: Json | undefined, made: string): string | null {
  return value === undefined ? made : textOrNull(value);
}

/** The number keeps apart users of one name. */
function emailOf(first: string | null, last: string | null, number: number): string {
  const words = [first, last].map((word) => (word ?? '').toLowerCase().replaceAll(/[^a-z]/g, ''));
  return `${words.filter((word) => word !== '').join('.') || 'user'}${number}@example.com`;
}

function idsOf(value: Json | undefined): readonly string[] {
  return uniqueTexts(value).map((id) => idOf(id));
}
