/** Generates a course from its id, with fields in the documented order. Fields from a scenario take precedence. */
import type { Faker } from '@faker-js/faker';
import type { JsonObject } from '../../../messages/json.ts';
import { makeDates, makeEvent, makePrices } from './dates-and-prices.ts';
import { COURSE_FORMS, SUBJECTS, fill, slugOf } from './vocabulary.ts';

const KINDS = [
  { value: 'courseGroup', weight: 50 },
  { value: 'microCourse', weight: 20 },
  { value: 'video', weight: 8 },
  { value: 'article', weight: 6 },
  { value: 'shareableContentObject', weight: 6 },
  { value: 'webinar', weight: 5 },
  { value: 'inPersonEvent', weight: 5 },
] as const;

const STATUSES = [
  { value: 'published', weight: 90 },
  { value: 'draft', weight: 6 },
  { value: 'archived', weight: 4 },
] as const;

export function makeCourse(id: string, given: JsonObject, faker: Faker): JsonObject {
  const { helpers, number } = faker;
  const form = helpers.arrayElement(COURSE_FORMS);
  const title = String(given['title'] ?? fill(form, helpers.arrayElement(SUBJECTS)));
  const kind = String(given['kind'] ?? helpers.weightedArrayElement(KINDS));
  const status = String(given['status'] ?? helpers.weightedArrayElement(STATUSES));
  const dates = makeDates(faker, given);
  const isPublished = status === 'published';
  const isWebinar = kind.startsWith('webinar');
  const isEvent = isWebinar || kind.startsWith('inPersonEvent');
  const event = isEvent ? makeEvent(faker, dates) : undefined;
  const isOpen = isPublished && !isEvent;
  const prices = makePrices(faker, given, { maxDollars: 400 });
  const seatsLimit = isEvent ? number.int({ min: 2, max: 12 }) * 5 : null;
  const seatsUsed = seatsLimit === null ? 0 : number.int({ min: 0, max: seatsLimit });
  const webinarId = isWebinar ? faker.string.numeric(11) : null;
  const instructor = faker.internet.email({ provider: 'example.com' }).toLowerCase();
  const isDiscussed = faker.datatype.boolean();

  return {
    id,
    createdAt: dates.createdAt,
    updatedAt: dates.updatedAt,
    slug: slugOf(title),
    status,
    title,
    sessionIsTitled: false,
    sampleLesson: null,
    sampleLessonId: null,
    sections: [],
    appearanceBlock: null,
    appearanceHash: faker.string.hexadecimal({ length: 16, casing: 'lower', prefix: '' }),
    paywallsBlock: null,
    termsBlock: null,
    confirmationBlock: null,
    courseStartDate: event?.start ?? null,
    courseEndDate: event?.end ?? null,
    enrollmentStartDate: event?.enrollmentStart ?? null,
    enrollmentEndDate: event?.enrollmentEnd ?? null,
    gracePeriodEndDate: event?.graceEnd ?? null,
    seatsLimit,
    waitlistCount: 0,
    seatsLimitMet: seatsLimit !== null && seatsUsed >= seatsLimit,
    waitlistingEnabled: isEvent,
    waitlistingTriggered: false,
    taxable: false,
    purchasable: isOpen && !prices.isFree,
    taxCategory: null,
    fulfillmentCenter: null,
    courseGroup: null,
    syllabusTitlesEnabled: true,
    galleryEnabled: false,
    workbookEnabled: false,
    linkedWorkbookEnabled: false,
    linkedWorkbookSkipEnabled: false,
    superquizEnabled: false,
    discussionsEnabled: isDiscussed,
    resourcesEnabled: true,
    meetingsOverviewEnabled: false,
    recurrenceRule: null,
    recurrence: null,
    readableRecurrenceString: null,
    instructorAccessEnabled: false,
    instructorEmails: isEvent ? [instructor] : [],
    freeWithRegistration: prices.isFree,
    priceInCents: prices.priceInCents,
    instructorAccessPriceInCents: null,
    suggestedRetailPriceInCents: prices.suggestedRetailPriceInCents,
    alternativePricingType: null,
    alternativePricingRef: null,
    accessDays: isEvent ? null : helpers.arrayElement([90, 180, 365, null]),
    showProgress: true,
    annotationsEnabled: false,
    forceLinearProgress: faker.datatype.boolean(),
    completionTimePerPage: number.int({ min: 1, max: 12 }) * 10,
    askLearnerPassword: false,
    roster: isEvent,
    topicGroupId: null,
    sku: `CRS-${faker.string.numeric(5)}`,
    prerequisiteCourses: [],
    prerequisiteLearningPaths: [],
    parentCourseId: null,
    isChild: false,
    hasMultipleCurrencies: false,
    prices: [],
    enrollmentActive: isOpen,
    waitlistActive: false,
    webinarDates: [],
    webinarTimeZone: isWebinar ? 'America/New_York' : null,
    meetings: [],
    inPersonEventInfo: null,
    currentUserHasAccess: isPublished,
    location: null,
    displayMap: kind.startsWith('inPersonEvent'),
    publishDate: status === 'draft' ? null : dates.publishDate,
    isActive: isPublished,
    futurePublishDate: null,
    balanceRequirement: null,
    awardClaimingOptions: [],
    availabilityStatus: isOpen ? 'available' : 'unavailable',
    embeddedEnabled: false,
    displayResults: true,
    bulkPurchasingEnabled: false,
    seatTiers: [],
    seatPackages: [],
    lastTierPriceInCents: null,
    webinarId,
    hasChildren: false,
    customFields: {},
    kind,
    rosterSubmittedDate: null,
    finalAssessment: null,
    scormCollectUserDetails: kind === 'shareableContentObject',
    seatsUsedCount: seatsUsed,
    seatsAllocatedCount: seatsUsed,
    webinarDetails: null,
    showSyllabusWhileUnenrolled: true,
    topicGroup: null,
    courseGroupTitle: title,
    currentUserDueDate: null,
    ...given,
  };
}
