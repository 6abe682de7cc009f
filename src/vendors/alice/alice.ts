/** Alice: an ASP.NET Web API 2 service with Json.NET 6 and FluentValidation. */
import { legacy } from '../../frameworks/legacy.ts';
import type { Vendor } from '../vendor.ts';
import { addLicense } from './add-license.ts';
import { coerce } from './coerce.ts';
import type { AliceConfig } from './config.ts';
import { encode } from './encode.ts';
import { introduce } from './introduce.ts';
import { licenses } from './licenses.ts';
import { receive } from './receive.ts';
import { render } from './render.ts';
import { readAnswer } from './xml/read-answer.ts';
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
  ledgerPrefix: 'ALICE',
  framework: legacy({ receive, coerce, render, encode, readReply: readAnswer }),
  introduce,
};
