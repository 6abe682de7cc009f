/** JSON Schema 2020-12 of the section. */
import { REFS } from '../records.ts';

const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };
const name = { type: 'string', minLength: 1 };
const flag = { type: 'boolean' };
const amount = { type: 'integer', minimum: 0, maximum: 2_147_483_647 };
const moment = { type: 'string', format: 'moment' };
const url = { type: 'string', pattern: '^https?://[^\\s]+$' };
const texts = { type: 'array', items: text };
const uuid = {
  type: 'string',
  pattern: '^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$',
};
const uuids = { type: 'array', items: uuid };
const status = {
  enum: ['archived', 'authoring', 'deleted', 'draft', 'loginRestriction', 'pending', 'published'],
};
const kind = {
  enum: [
    'article',
    'courseGroup',
    'inPersonEvent',
    'inPersonEventCourse',
    'microCourse',
    'shareableContentObject',
    'video',
    'webinar',
    'webinarCourse',
    'xApiObject',
  ],
};

/** Fields that a scenario may give for each kind of record, besides its id and lists. The others are generated. */
export const givenFields = {
  clients: {
    name,
    schoolName: text,
    sku: textOrNull,
    slug: name,
    customHost: text,
    dashboardLayoutId: uuid,
    redemptionLayoutId: uuid,
    panorama: flag,
    disabled: flag,
    enableBranding: flag,
    enableDiscussions: flag,
    enableEcommerce: flag,
    enableSegmentation: flag,
    defaultLanguage: text,
    languages: texts,
    notificationEmails: text,
    seatsLimit: amount,
    licenseEndDate: moment,
    purchasableContentIds: uuids,
    purchasableTagIds: uuids,
    enableCommunitiesSegmentation: flag,
    enableContentDetailPage: flag,
    enableCreditPurchasing: flag,
    enableGlobalLinks: flag,
    enableLicenseDashboards: flag,
    enableNavLinks: flag,
    enableOnboardingSurvey: flag,
    enableRecommendationAssessment: flag,
    startingBalance: { type: 'number' },
    currentBalance: { type: 'number' },
    createdAt: moment,
    updatedAt: moment,
  },
  courses: {
    title: name,
    slug: name,
    sku: text,
    status,
    kind,
    courseGroupTitle: text,
    availabilityStatus: text,
    isActive: flag,
    enrollmentActive: flag,
    purchasable: flag,
    freeWithRegistration: flag,
    priceInCents: amount,
    suggestedRetailPriceInCents: amount,
    accessDays: amount,
    seatsLimit: amount,
    seatsUsedCount: amount,
    seatsAllocatedCount: amount,
    waitlistCount: amount,
    instructorEmails: texts,
    customFields: { type: 'object' },
    courseStartDate: moment,
    courseEndDate: moment,
    enrollmentStartDate: moment,
    enrollmentEndDate: moment,
    gracePeriodEndDate: moment,
    publishDate: moment,
    createdAt: moment,
    updatedAt: moment,
  },
  learningPaths: {
    name,
    slug: name,
    sku: text,
    status,
    language: text,
    contentType: text,
    source: text,
    authors: texts,
    shortDescription: text,
    longDescription: text,
    asset: url,
    detailAsset: url,
    heroAsset: url,
    purchasable: flag,
    freeWithRegistration: flag,
    priceInCents: amount,
    suggestedRetailPriceInCents: amount,
    accessDays: amount,
    seatsLimit: amount,
    dueDateDays: amount,
    customFields: { type: 'object' },
    startDate: moment,
    endDate: moment,
    enrollmentStartDate: moment,
    enrollmentEndDate: moment,
    dueDate: moment,
    publishDate: moment,
    createdAt: moment,
    updatedAt: moment,
  },
  courseTags: { label: name, isFolder: flag, updatedAt: moment },
  users: {
    telephone: text,
    address1: text,
    address2: text,
    city: text,
    state: text,
    zipCode: text,
    country: text,
    language: text,
    customFields: { type: 'object' },
    ...Object.fromEntries(REFS.map((ref) => [ref, text])),
  },
} as const;

const idLists = { courseIds: uuids, learningPathIds: uuids, courseTagIds: uuids };

const license = {
  id: uuid,
  /** Exported with the id: the position in the order of creation. */
  number: { type: 'integer', minimum: 1 },
  clientId: uuid,
  name,
  label: text,
  sku: text,
  seatsLimit: amount,
  /** So many students are generated, each with a seat. */
  students: amount,
  parentLicenseId: uuid,
  accessDays: amount,
  expirationDate: moment,
  enableBranding: flag,
  isDefault: flag,
  ...idLists,
  ...Object.fromEntries(REFS.map((ref) => [ref, text])),
  createdAt: moment,
  updatedAt: moment,
};

const user = {
  id: uuid,
  email: { type: 'string', pattern: '^[^\\s@]+@[^\\s@]+$' },
  firstName: textOrNull,
  lastName: textOrNull,
  clientId: uuid,
  role: name,
  disabled: flag,
  externalCustomerId: textOrNull,
  courseIds: uuids,
  learningPathIds: uuids,
  licenses: recordsOf(
    { licenseId: uuid, role: { enum: ['student', 'manager'] }, createdAt: moment },
    ['licenseId'],
  ),
  ...givenFields.users,
  createdAt: moment,
  updatedAt: moment,
};

const codeGroup = {
  id: uuid,
  label: name,
  codeLength: amount,
  totalCodesCount: amount,
  expirationDate: moment,
  accessDays: amount,
  accessExpirationDate: moment,
  clientId: uuid,
  courseIds: uuids,
  learningPathIds: uuids,
  bundleIds: uuids,
  licenseIds: uuids,
};

export const sectionSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    credentials: {
      description: 'API keys, sent as `Authorization: Bearer <token>`. Default: ti-key.',
      ...recordsOf({ token: { type: 'string', pattern: '^\\S+$' } }, ['token']),
    },
    clients: {
      description: 'By default, each list contains what the licenses below add to it.',
      ...recordsOf({ id: uuid, ...givenFields.clients, ...idLists, tagIds: uuids }, ['id']),
    },
    courses: recordsOf({ id: uuid, ...givenFields.courses }, ['id']),
    learningPaths: recordsOf({ id: uuid, ...givenFields.learningPaths }, ['id']),
    courseTags: recordsOf({ id: uuid, ...givenFields.courseTags }, ['id']),
    licenses: {
      description:
        'In the order of their creation. Clients, courses, learning paths and tags are created as needed.',
      ...recordsOf(license, ['clientId', 'name']),
    },
    highestDeletedLicense: {
      description:
        'Exported: licenses up to this number have been there, so new ones get other ids.',
      type: 'integer',
      minimum: 1,
    },
    users: {
      description:
        'In the order of their creation. A name or an email that is not given follows from the seed.',
      ...recordsOf(user, []),
    },
    redemptionCodes: {
      description: 'Groups of codes, in the order of their creation.',
      ...recordsOf(codeGroup, ['label', 'codeLength', 'totalCodesCount']),
    },
  },
};

function recordsOf(properties: object, required: readonly string[]) {
  return {
    type: 'array',
    items: { type: 'object', additionalProperties: false, required, properties },
  };
}
