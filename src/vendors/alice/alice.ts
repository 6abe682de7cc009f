/** The vendor Alice: a publisher's licenses, on ASP.NET Web API 2 with FluentValidation. */
import { aspNetWebApi } from '../../frameworks/aspnet-web-api/aspnet-web-api.ts';
import type { Vendor } from '../vendor.ts';
import { actions } from './actions.ts';
import { identify, introduce } from './credentials.ts';
import { addLicense } from './operations/add-license.ts';
import { getLicense, getLicenseIndex } from './operations/get-license.ts';
import { getLicenseAnonymized } from './operations/get-license-anonymized.ts';
import { getProductsForUser } from './operations/get-products-for-user.ts';
import { searchLicenses } from './operations/search-licenses.ts';
import { searchUserLicenses } from './operations/search-user-licenses.ts';
import { updateLicense } from './operations/update-license.ts';
import { oldLicenses, withOldLicenses } from './old-licenses.ts';
import { outlines } from './outlines.ts';
import { pull } from './pull.ts';
import { groups, licenses, memberships, seats, titles, users } from './records.ts';
import { scenario, type AliceConfig } from './scenario.ts';

export const alice: Vendor<AliceConfig> = {
  name: 'alice',
  title: 'Alice',
  ledgerPrefix: 'ALICE',
  framework: aspNetWebApi<AliceConfig>({
    identify,
    actions,
    controllers: ['Licenses', 'LicenseDtoIndex', 'User', 'GetLicenseAnonymized', 'Products'],
    unserved: { path: /^\/api\/licenses\/[^/]+\/licenseOrders\/?$/i, row: 'ALICE-SIBLINGS' },
  }),
  routing: {
    // In lower case, because paths are compared in lower case.
    prefixes: [
      '/api/licenses',
      '/api/licensedtoindex',
      '/api/user',
      '/api/getlicenseanonymized',
      '/api/products',
    ],
    mounts: [],
    ignoreCase: true,
    ignoreTrailingSlash: true,
  },
  collections: [licenses, seats, titles, memberships, groups, users, oldLicenses],
  outlines,
  handlers: withOldLicenses({
    addLicense,
    updateLicense,
    getLicense,
    getLicenseIndex,
    searchLicenses,
    searchUserLicenses,
    getLicenseAnonymized,
    getProductsForUser,
  }),
  scenario,
  pull,
  introduce,
};
