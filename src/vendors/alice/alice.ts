/** The vendor Alice: a publisher's licenses, on ASP.NET Web API 2 with FluentValidation. */
import { aspNetWebApi } from '../../frameworks/aspnet-web-api/aspnet-web-api.ts';
import {
  nullModel,
  resultContracts,
} from '../../frameworks/aspnet-web-api/fluent-validation/validation-result.ts';
import type { Vendor } from '../vendor.ts';
import { identify, introduce } from './credentials.ts';
import { licenseRequest } from './license-request.ts';
import { addLicense } from './operations/add-license.ts';
import { licenses } from './records.ts';
import { scenario, type AliceConfig } from './scenario.ts';

export const alice: Vendor<AliceConfig> = {
  name: 'alice',
  title: 'Alice',
  ledgerPrefix: 'ALICE',
  framework: aspNetWebApi<AliceConfig>({
    identify,
    actions: {
      addLicense: {
        parameter: 'request',
        model: licenseRequest,
        // ALICE-EMPTY-BODY: the action passes null on to its validator.
        onNull: nullModel,
        answers: resultContracts(licenseRequest),
      },
    },
    controllers: ['Licenses'],
    unserved: { path: /^\/api\/licenses(?:\/[^/]+)?\/?$/i, row: 'ALICE-SIBLINGS' },
  }),
  routing: {
    prefixes: ['/api/licenses'],
    mounts: [],
    ignoreCase: true,
    ignoreTrailingSlash: true,
  },
  collections: [licenses],
  handlers: { addLicense },
  scenario,
  introduce,
};
