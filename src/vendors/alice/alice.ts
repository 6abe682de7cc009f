/** Alice: an ASP.NET Web API 2 service with Json.NET 6 and FluentValidation. */
import type { Vendor } from '../vendor.ts';
import { addLicense } from './operations/add-license.ts';
import { coerce } from './coerce.ts';
import type { AliceConfig } from './credentials.ts';
import { encode } from '../../frameworks/aspnet-web-api/encode.ts';
import { introduce } from './introduce.ts';
import { licenses } from './records.ts';
import { receive } from '../../frameworks/aspnet-web-api/read.ts';
import { render } from '../../frameworks/aspnet-web-api/render.ts';
import { scenario } from './scenario.ts';

export const alice: Vendor<AliceConfig> = {
  name: 'alice',
  title: 'Alice',
  routing: {
    prefixes: ['/api/licenses'],
    mounts: [],
    ignoreCase: true,
    ignoreTrailingSlash: true,
  },
  collections: [licenses],
  handlers: { addLicense },
  scenario,
  receive,
  coerce,
  render,
  encode,
  introduce,
};
