/** Thought Industries: licenses of the REST API, version 2, a front of the vendor's GraphQL types. */
import { legacy } from '../../frameworks/legacy.ts';
import type { Vendor } from '../vendor.ts';
import { coerce } from './coerce.ts';
import { configure, type Config } from './config.ts';
import { createLicense } from './create-license.ts';
import { describe } from './describe.ts';
import { encode } from './encode.ts';
import { introduce } from './introduce.ts';
import { plant } from './plant.ts';
import { receive } from './receive.ts';
import { clients, courseTags, courses, learningPaths, licenses } from './records.ts';
import { render } from './render.ts';
import { scenarioSchema } from './scenario-schema.ts';

export const thoughtIndustries: Vendor<Config> = {
  name: 'thought-industries',
  title: 'Thought Industries',
  // TI-PATHS
  routing: {
    prefixes: ['/incoming/v2/'],
    mounts: [],
    ignoreCase: true,
    ignoreTrailingSlash: true,
  },
  collections: [licenses, clients, courses, learningPaths, courseTags],
  handlers: { createLicense },
  scenario: { schema: scenarioSchema, configure, plant, describe },
  ledgerPrefix: 'TI',
  framework: legacy({ receive, coerce, render, encode }),
  introduce,
};
