/** The vendor ibl: licenses of its Data Manager and their seats, on Django REST framework. */
import { djangoRestFramework } from '../../frameworks/django-rest-framework/django-rest-framework.ts';
import type { RowBehind } from '../../frameworks/django-rest-framework/facts.ts';
import type { Vendor } from '../vendor.ts';
import { introduceCredential, isPermitted, tokens, type IblConfig } from './credentials.ts';
import { kinds, subjects } from './kinds.ts';
import { handlers, isOpen, viewClasses } from './operations/operations.ts';
import { oldHistory, oldLicenses, withOldLicenses } from './old-licenses.ts';
import { outlines } from './outlines.ts';
import { groups, platforms, users } from './records.ts';
import { scenario } from './scenario/scenario.ts';
import { pull } from './pull.ts';
import { renderOwn } from './sentences.ts';
import { validate } from './validate.ts';

/** Fields that an update cannot change. */
const FIXED = /^(?:platform|program)_/;

const rowBehind: RowBehind = ({ in: place, path: [field], keyword }, { id }) => {
  if (place !== 'body') return undefined;
  if (keyword !== 'additionalProperties') return undefined;
  if (id === 'updateProgramLicense' && FIXED.test(String(field))) return 'IBL-UPDATE-PLATFORM';
  const isProgram = id === 'createProgramLicense' && field === 'program_id';
  return isProgram ? 'IBL-CREATE-FIELDS' : undefined;
};

export const ibl: Vendor<IblConfig> = {
  name: 'ibl',
  title: 'ibl Data Manager (Django REST framework)',
  ledgerPrefix: 'IBL',
  framework: djangoRestFramework<IblConfig>({
    tokens,
    isPermitted,
    isOpen,
    viewClasses,
    rowBehind,
    validate,
    renderOwn,
  }),
  routing: {
    prefixes: ['/api/catalog/'],
    mounts: ['/dm'],
    ignoreCase: false,
    // Django requires the trailing slash: the framework redirects to the path that has it.
    ignoreTrailingSlash: true,
  },
  collections: [
    platforms,
    ...subjects.map(({ collection }) => collection),
    users,
    groups,
    oldLicenses,
    oldHistory,
    ...kinds.flatMap(({ licenses, assignments, groupAssignments, history }) => [
      licenses,
      assignments,
      groupAssignments,
      history,
    ]),
  ],
  outlines,
  handlers: withOldLicenses(handlers),
  scenario,
  pull,
  introduce: ({ credentials }) => ({
    credentials: credentials.map(introduceCredential),
    // Both roles may list licenses, and even an empty list has a first page.
    example: credentials[0] && {
      method: 'GET',
      path: '/api/catalog/licenses/program/?page_size=3&verbose=true',
      headers: { authorization: `Api-Token ${credentials[0].token}` },
      body: undefined,
    },
  }),
};
