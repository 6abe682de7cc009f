/**
 * Generates a client from its id, with fields in the documented order. Fields from a scenario take precedence.
 * Fields that depend on other records (lists, licenses, counts) stay empty here; the answer fills them in.
 */
import type { Faker } from '@faker-js/faker';
import type { JsonObject } from '../../../messages/json.ts';
import { makeDates } from './dates-and-prices.ts';
import { SCHOOL_FORMS, fill, slugOf } from './vocabulary.ts';

export function makeClient(id: string, given: JsonObject, faker: Faker): JsonObject {
  const name = String(given['name'] ?? faker.company.name());
  const form = faker.helpers.arrayElement(SCHOOL_FORMS);
  const slug = String(given['slug'] ?? slugOf(name));
  const { createdAt, updatedAt } = makeDates(faker, given);
  const isDiscussing = faker.datatype.boolean();

  return {
    id,
    name,
    schoolName: fill(form, name),
    courses: null,
    learningPaths: null,
    learningPathIds: [],
    courseIds: [],
    courseTags: null,
    courseTagIds: [],
    purchasableContentIds: [],
    purchasableTagIds: [],
    purchasableTags: [],
    licenseEndDate: null,
    primaryLicense: null,
    dashboardLayoutId: null,
    panorama: true,
    emailLayout: null,
    appearance: null,
    catalog: null,
    sku: `CL-${faker.string.numeric(5)}`,
    slug,
    customHost: null,
    sso: null,
    redemptionLayoutId: null,
    pendingJobs: [],
    seatsAllocatedCount: 0,
    allocatedCredits: 0,
    autoFilterForSelectedLanguage: false,
    clientAdminAllocatableLearningPaths: [],
    clientSubscriptionNeedsSetup: false,
    createdAt,
    currentBalance: 0,
    currentUserManagerAllocatedLicenseTree: null,
    defaultLanguage: 'en',
    disabled: false,
    enableBranding: true,
    enableCommunitiesSegmentation: false,
    enableContentDetailPage: true,
    enableCreditPurchasing: false,
    enableCustomEmailSettings: false,
    enableDiscussions: isDiscussing,
    enableEcommerce: false,
    enableGlobalLinks: true,
    enableLicenseDashboards: false,
    enableNavLinks: true,
    enableOnboardingSurvey: false,
    enableRecommendationAssessment: false,
    enableSegmentation: true,
    languageSelectorEnabled: false,
    languages: ['en'],
    licenseTree: null,
    licenses: null,
    notificationEmails: null,
    seatsLimit: null,
    seatsUsedCount: 0,
    secretKey: null,
    startingBalance: 0,
    tags: [],
    updatedAt,
    ...given,
  };
}
