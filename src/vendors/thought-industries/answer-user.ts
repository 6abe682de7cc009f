/** A user as the vendor answers it, with fields in the documented order. TI-USER-FIELDS: what has no source is null. */
import type { Json, JsonObject } from '../../messages/json.ts';
import { answerListedLicense, clientOf } from './answer-license.ts';
import { hasExpired } from './answer-client.ts';
import type { TiWorld } from './credentials.ts';
import { findById } from './find.ts';
import { readContent } from './made-content/library.ts';
import { REFS, licenses, type LicenseRecord } from './records.ts';
import { allocationsOf, type AllocationRecord } from './seats.ts';
import { summarizeClient } from './summaries.ts';
import type { UserRecord } from './users.ts';

const DAY_MS = 86_400_000;

/** TI-LIST-DEPTH: in a list, a user's courses and learning paths are ids alone. */
export type Depth = 'alone' | 'listed';

export async function answerUser(
  user: UserRecord,
  depth: Depth,
  world: TiWorld,
): Promise<JsonObject> {
  for (const row of ['TI-USER-FIELDS', 'TI-USER-ROLES']) world.note(row);
  const { firstName, lastName } = user;
  const allocated = await answerAllocations(user, world);
  const active = allocated.find(({ licenseRole }) => licenseRole === 'student');
  return {
    id: user.id,
    email: user.email,
    firstName,
    abbreviatedName: lastName === null ? firstName : abbreviate(firstName, lastName),
    asset: null,
    lastName,
    name: [firstName, lastName].filter((part) => part !== null).join(' ') || null,
    lastActiveAt: null,
    bio: null,
    twoFactorEnabled: false,
    firstInitial: initialOf(firstName),
    lastInitial: initialOf(lastName),
    invitedByName: null,
    shouldHighlight: false,
    purchasedCourses: await answerCourses(user, depth, world),
    purchasedBundles: [],
    activeLicense: active?.['license'] ?? null,
    learnerUserId: null,
    managerUserId: null,
    clientId: user.clientId,
    createdAt: user.createdAt,
    updatedAt: user.updatedAt,
    disabled: user.disabled,
    sfAccountId: null,
    sfContactId: null,
    roleKey: user.roleKey,
    address1: null,
    address2: null,
    city: null,
    state: null,
    zipCode: null,
    telephone: null,
    country: null,
    stripeCustomerId: null,
    externalCustomerId: user.externalCustomerId,
    shippingName: null,
    ...Object.fromEntries(REFS.map((name): [string, Json] => [name, null])),
    language: null,
    customFields: {},
    allocatedLicenses: allocated,
    allocatedLearningPaths: await answerPaths(user, depth, world),
    waitlistedCourses: [],
    balance: 0,
    ...user.given,
  };
}

async function answerAllocations(user: UserRecord, world: TiWorld) {
  const found = [];
  for (const allocation of await allocationsOf(user.id, world)) {
    const license = await findById(licenses, allocation.licenseId, world);
    if (!license) continue;
    const client = await summarizeClient(await clientOf(license, world), world);
    found.push({
      license: await answerListedLicense(license, client, world),
      licenseId: license.id,
      licenseRole: allocation.role,
      status: statusOf(allocation, license, world),
    });
  }
  return found;
}

/** TI-ALLOCATION-STATUS: access ends with the license, or `accessDays` after the user got it. */
function statusOf({ createdAt }: AllocationRecord, license: LicenseRecord, world: TiWorld): string {
  if (world.choose('TI-ALLOCATION-STATUS') === 'active') return 'active';
  const { accessDays } = license;
  const isOver = accessDays !== null && Date.parse(createdAt) + accessDays * DAY_MS <= world.now;
  return isOver || hasExpired(license, world) ? 'expired' : 'active';
}

async function answerCourses(user: UserRecord, depth: Depth, world: TiWorld) {
  const content = depth === 'alone' ? await readContent('courseIds', user.courseIds, world) : [];
  return user.courseIds.map((courseId, index) => ({
    course: content[index] ?? null,
    courseId,
    certificate: null,
    certificateIssuedAt: null,
    instructorAccessPurchased: false,
    status: null,
  }));
}

async function answerPaths(user: UserRecord, depth: Depth, world: TiWorld) {
  const ids = user.learningPathIds;
  const content = depth === 'alone' ? await readContent('learningPathIds', ids, world) : [];
  return ids.map((learningPathId, index) => ({
    learningPath: content[index] ?? null,
    learningPathId,
  }));
}

function abbreviate(first: string | null, last: string): string {
  return first === null ? last : `${first} ${initialOf(last) ?? ''}.`;
}

function initialOf(name: string | null): string | null {
  const [first] = name ?? '';
  return first?.toUpperCase() ?? null;
}
