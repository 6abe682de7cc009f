/** The vendor Thought Industries: licenses in its REST API version 2, a layer over its GraphQL types. */
import { restJson } from '../../frameworks/rest-json/rest-json.ts';
import type { Vendor } from '../vendor.ts';
import { coerceValue } from './coerce-value.ts';
import { identify, introduce, type Config } from './credentials.ts';
import { oldClients, oldLicenses, withOldRecords } from './old-records.ts';
import { handlers } from './operations/operations.ts';
import { outlines } from './outlines.ts';
import { clients, courseTags, courses, deleted, learningPaths, licenses } from './records.ts';
import { codeGroups } from './redemption-codes.ts';
import { pull } from './pull.ts';
import { scenario } from './scenario/scenario.ts';
import { allocations } from './seats.ts';
import { refusals, refuse } from './sentences.ts';
import { users } from './users.ts';

export const thoughtIndustries: Vendor<Config> = {
  name: 'thought-industries',
  title: 'Thought Industries',
  ledgerPrefix: 'TI',
  // TI-ORDER: the framework's order.
  framework: restJson<Config>({
    identify,
    // TI-METHODS
    answersHead: false,
    // TI-RATE-LIMIT: 120 requests a minute and at most 20 a second, by API key; 60 a minute that create or update users.
    limits: [
      { name: 'minute', limit: 120, windowMs: 60_000 },
      { name: 'burst', limit: 20, windowMs: 1_000 },
      { name: 'users', limit: 60, windowMs: 60_000, operations: ['createUser', 'updateUser'] },
    ],
    // TI-METHODS: bulkImport, bulkContentAssignment and others.
    unserved: /\/users\/bulk(?!ClientLicenseAssignment\b)[a-z]+\/?$/i,
    coerceValue,
    refusals,
    refuse,
    hasLedgerRows: true,
  }),
  // TI-PATHS
  routing: {
    prefixes: ['/incoming/v2/'],
    mounts: [],
    ignoreCase: true,
    ignoreTrailingSlash: true,
  },
  collections: [
    licenses,
    clients,
    courses,
    learningPaths,
    courseTags,
    users,
    allocations,
    codeGroups,
    deleted,
    oldLicenses,
    oldClients,
  ],
  outlines,
  handlers: withOldRecords(handlers),
  scenario,
  pull,
  introduce,
};
