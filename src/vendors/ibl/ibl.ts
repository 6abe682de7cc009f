/** The vendor ibl: program licenses of its Data Manager, a Django REST framework application. */
import { legacy } from '../../frameworks/legacy.ts';
import type { Vendor } from '../vendor.ts';
import { coerce } from './coerce.ts';
import { configure, type IblConfig } from './config.ts';
import { createProgramLicense } from './create-program-license.ts';
import { describe } from './describe-section.ts';
import { encode } from './encode.ts';
import { introduce } from './introduce.ts';
import { listProgramLicenses } from './list-program-licenses.ts';
import { plant } from './plant-section.ts';
import { receive } from './receive.ts';
import { history, licenses, platforms, programs } from './records.ts';
import { render } from './render.ts';
import { sectionSchema } from './section-schema.ts';
import { updateProgramLicense } from './update-program-license.ts';

export const ibl: Vendor<IblConfig> = {
  name: 'ibl',
  title: 'ibl Data Manager (Django REST framework)',
  routing: {
    prefixes: ['/api/catalog/'],
    mounts: ['/dm'],
    ignoreCase: false,
    // Django does not ignore it: `receive` redirects to the path that has it.
    ignoreTrailingSlash: true,
  },
  collections: [licenses, platforms, programs, history],
  handlers: { createProgramLicense, updateProgramLicense, listProgramLicenses },
  scenario: { schema: sectionSchema, configure, plant, describe },
  ledgerPrefix: 'IBL',
  framework: legacy({ receive, coerce, render, encode }),
  introduce,
};
