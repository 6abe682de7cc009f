/** The parameters and answers of each operation's action. */
import {
  nullModel,
  resultContracts,
} from '../../frameworks/aspnet-web-api/fluent-validation/validation-result.ts';
import type { Action, Argument } from '../../frameworks/aspnet-web-api/facts.ts';
import type { UriParameter } from '../../frameworks/aspnet-web-api/uri.ts';
import {
  accessAnswer,
  indexAnswer,
  licenseAnswer,
  productsAnswer,
  searchAnswer,
  userSearchAnswer,
} from './contracts.ts';
import { licenseRequest } from './license-request.ts';
import { nullRequest, searchRequest, userSearchRequest } from './search-requests.ts';
import { updateRequest } from './update-request.ts';

const request = (argument: Pick<Argument, 'model' | 'onNull'>): Argument => ({
  parameter: 'request',
  ...argument,
});
const id: UriParameter = { name: 'id', in: 'path', type: 'guid', isOptional: false };
const query = (name: string, type: UriParameter['type'], isOptional = false): UriParameter => ({
  name,
  in: 'query',
  type,
  isOptional,
});

/** Keyed by operation id. ALICE-EMPTY-BODY: no action checks its request for null. */
export const actions: Readonly<Record<string, Action>> = {
  addLicense: {
    argument: request({ model: licenseRequest, onNull: nullModel }),
    answers: resultContracts(licenseRequest),
  },
  updateLicense: {
    uri: [id],
    argument: request({ model: updateRequest, onNull: nullModel }),
    answers: [...resultContracts(updateRequest), licenseAnswer],
  },
  getLicense: { uri: [id], answers: [licenseAnswer] },
  getLicenseIndex: { uri: [id], answers: [indexAnswer] },
  searchLicenses: {
    argument: request({ model: searchRequest, onNull: nullRequest }),
    answers: [searchAnswer],
  },
  searchUserLicenses: {
    uri: [id],
    argument: request({ model: userSearchRequest, onNull: nullRequest }),
    answers: [userSearchAnswer],
  },
  getLicenseAnonymized: {
    uri: [
      query('userId', 'guid'),
      query('productKey', 'text'),
      query('institutionNumber', 'text', true),
      query('parentProductKey', 'text', true),
      query('classLevel', 'int', true),
    ],
    answers: [accessAnswer],
    mayPreferXml: true,
  },
  getProductsForUser: {
    uri: [
      query('userId', 'guid'),
      query('institutionNumber', 'text'),
      query('isbn', 'text', true),
      query('includeLicenses', 'boolean', true),
    ],
    answers: [productsAnswer],
    mayPreferXml: true,
  },
};
