/** Generates a learning path from its id, fields in the documented order. Fields from a scenario take precedence. */
import type { Faker } from '@faker-js/faker';
import type { JsonObject } from '../../../messages/json.ts';
import { makeDates, makePrices } from './dates-and-prices.ts';
import { PATH_FORMS, SUBJECTS, fill, slugOf } from './vocabulary.ts';

const ASSETS = 'https://assets.example.com/learning-paths';

export function makeLearningPath(id: string, given: JsonObject, faker: Faker): JsonObject {
  const { helpers, number } = faker;
  const form = helpers.arrayElement(PATH_FORMS);
  const subject = helpers.arrayElement(SUBJECTS);
  const name = String(given['name'] ?? fill(form, subject));
  const slug = String(given['slug'] ?? slugOf(name));
  const dates = makeDates(faker, given);
  const status = String(
    given['status'] ?? (faker.datatype.boolean({ probability: 0.9 }) ? 'published' : 'draft'),
  );
  const isPublished = status === 'published';
  const prices = makePrices(faker, given, { maxDollars: 900 });
  const milestones = number.int({ min: 3, max: 8 });
  const description = `${name} in ${milestones} milestones, with a certificate at the end.`;

  return {
    id,
    layoutId: null,
    layout: null,
    learnerLayoutId: null,
    learnerLayout: null,
    name,
    sku: `LP-${faker.string.numeric(5)}`,
    ribbon: null,
    slug,
    client: null,
    createdAt: dates.createdAt,
    metaTitle: name,
    metaDescription: description,
    asset: `${ASSETS}/${slug}.jpg`,
    assetAltText: `Cover of ${name}`,
    assetLibraryId: null,
    detailAsset: `${ASSETS}/${slug}-detail.jpg`,
    detailAssetAltText: `Cover of ${name}`,
    detailAssetLibraryId: null,
    heroAsset: null,
    heroAssetAltText: null,
    priceInCents: prices.priceInCents,
    suggestedRetailPriceInCents: prices.suggestedRetailPriceInCents,
    alternativePricingType: null,
    alternativePricingRef: null,
    accessDays: helpers.arrayElement([180, 365, null]),
    shortDescription: description,
    longDescription: `<p>${description}</p>`,
    tags: [],
    status,
    freeWithRegistration: prices.isFree,
    hasMultipleCurrencies: false,
    prices: [],
    customFields: {},
    contentType: 'Learning Path',
    confirmationHtml: null,
    startDate: null,
    endDate: null,
    enrollmentStartDate: null,
    enrollmentEndDate: null,
    milestones: [],
    availabilityStatus: isPublished ? 'available' : 'unavailable',
    currentUserStartActionDate: null,
    isPayAsYouGo: false,
    language: 'en',
    futurePublishDate: null,
    purchasable: isPublished && !prices.isFree,
    taxable: false,
    fulfillmentCenter: null,
    taxCategory: null,
    currentUserPendingCertificate: false,
    currentUserEarnedCertificate: false,
    currentUserDueDate: null,
    bulkPurchasingEnabled: false,
    seatTiers: [],
    seatPackages: [],
    lastTierPriceInCents: null,
    prerequisiteCourses: [],
    prerequisiteLearningPaths: [],
    resourceType: 'learningPath',
    seatsLimit: null,
    videoAsset: null,
    relatedQuery: null,
    relatedQuerySignature: null,
    source: 'Internal',
    authors: [faker.person.fullName()],
    publishDate: status === 'draft' ? null : dates.publishDate,
    externalDetailUrl: null,
    externalConditionalRedirectUrl: null,
    kind: 'learningPath',
    tabs: null,
    updatedAt: dates.updatedAt,
    dueDate: null,
    dueDateDays: helpers.arrayElement([30, 60, 90, null]),
    allowUnorderedMilestoneAccess: faker.datatype.boolean(),
    authoringClient: null,
    isTemplate: false,
    externalPurchaseUrl: null,
    ...given,
  };
}
