/** The vendor ibl: program licenses of its Data Manager, a Django REST framework application. */
import type { Vendor } from '../vendor.ts';
import { coerce } from '../../frameworks/django-rest-framework/coerce.ts';
import { configure, type IblConfig } from './credentials.ts';
import { createProgramLicense } from './operations/create-program-license.ts';
import { describe } from './scenario/scenario.ts';
import { encode } from '../../frameworks/django-rest-framework/encode.ts';
import { introduce } from './introduce.ts';
import { listProgramLicenses } from './operations/list-program-licenses.ts';
import { plant } from './scenario/plant.ts';
import { receive } from '../../frameworks/django-rest-framework/django-rest-framework.ts';
import { history, licenses, platforms, programs } from './records.ts';
import { render } from '../../frameworks/django-rest-framework/render.ts';
import { sectionSchema } from './scenario/section.ts';
import { updateProgramLicense } from './operations/update-program-license.ts';

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
  receive,
  coerce,
  render,
  encode,
  introduce,
};
