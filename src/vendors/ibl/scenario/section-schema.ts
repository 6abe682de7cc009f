/** The JSON Schema of the `ibl` section of a scenario. */
import { kinds, subjects, type Kind } from '../kinds.ts';

const text = { type: 'string', minLength: 1 };
const moment = { type: 'string', format: 'moment' };
const id = { type: 'integer', minimum: 1, maximum: 2_147_483_647 };
const object = { type: 'object' };

const credential = {
  type: 'object',
  additionalProperties: false,
  required: ['token', 'role'],
  properties: {
    token: { ...text, pattern: String.raw`^\S+$`, description: 'The token after `Api-Token `.' },
    role: {
      enum: ['dm-admin', 'platform-admin'],
      description:
        'A DM admin may do everything; a platform admin may read the licenses of their platform and assign their seats.',
    },
    platform: { ...text, description: 'The key of a platform admin’s platform.' },
  },
  if: { properties: { role: { const: 'platform-admin' } }, required: ['role'] },
  // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's keyword
  then: { required: ['platform'] },
};

const platform = {
  type: 'object',
  additionalProperties: false,
  required: ['key'],
  properties: {
    id,
    key: text,
    org: { ...text, description: 'Default: the key.' },
    name: { ...text, description: 'Default: the key.' },
  },
};

const subject = {
  type: 'object',
  additionalProperties: false,
  required: ['key', 'platform'],
  properties: {
    key: text,
    name: { ...text, description: 'Default: the key.' },
    platform: { ...text, description: 'The key of the platform it belongs to.' },
  },
};

const subjectWithId = {
  ...subject,
  properties: {
    ...subject.properties,
    id: { ...text, description: 'Shown as program_id in responses. Default: the key.' },
  },
};

const user = {
  type: 'object',
  additionalProperties: false,
  required: ['email', 'platform_key'],
  properties: {
    id,
    username: { ...text, description: 'Default: what stands before the @ of the e-mail address.' },
    email: { type: 'string', format: 'email' },
    name: { ...text, description: 'Default: the username.' },
    platform_key: { ...text, description: 'The key of the platform it belongs to.' },
  },
};

const group = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'platform_key'],
  properties: {
    id,
    name: text,
    platform_key: { ...text, description: 'The key of the platform it belongs to.' },
    members: { type: 'array', items: id, uniqueItems: true, description: 'Ids of `users`.' },
  },
};

const held = {
  id,
  active: { type: 'boolean', default: true },
  fulfilled: { type: 'boolean', default: false },
  redirect_to: { type: ['string', 'null'] },
  metadata: object,
  created: { ...moment, description: 'Default: now.' },
  modified: { ...moment, description: 'Default: created.' },
};

const assignment = {
  type: 'object',
  additionalProperties: false,
  anyOf: [{ required: ['user_id'] }, { required: ['email'] }],
  properties: {
    ...held,
    user_id: { type: ['integer', 'null'], description: 'The id of one of `users`.' },
    email: {
      type: ['string', 'null'],
      format: 'email',
      description: 'An address without a user, unless there is a user_id.',
    },
    direct: { type: 'boolean', default: true },
    group_assignment_id: { type: ['integer', 'null'] },
  },
};

const groupAssignment = {
  type: 'object',
  additionalProperties: false,
  required: ['group_id'],
  properties: { ...held, group_id: { ...id, description: 'The id of one of `groups`.' } },
};

const historyEntry = {
  type: 'object',
  additionalProperties: false,
  required: ['change_type', 'at'],
  properties: {
    id,
    assignment_id: id,
    group_assignment_id: id,
    change_type: text,
    transaction_id: { type: ['string', 'null'] },
    by: { ...text, description: 'The credential that made the change. Default: scenario.' },
    at: moment,
    changes: {
      type: 'object',
      description: 'For each field, the old and the new value.',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['from', 'to'],
        properties: { from: true, to: true },
      },
    },
  },
};

const licenseOf = ({ subject: taught, seats }: Kind) => ({
  type: 'object',
  additionalProperties: false,
  required: ['platform_key', ...(taught ? [taught.field] : []), 'name', 'count'],
  properties: {
    id,
    platform_key: text,
    ...(taught && { [taught.field]: text }),
    // The vendor makes licenses without a name, and with any integer: a state must hold them too.
    name: { type: 'string' },
    count: { type: 'integer' },
    created: { ...moment, description: 'Default: now.' },
    started: { ...moment, description: 'Default: now.' },
    expired: { type: ['string', 'null'], format: 'moment', description: 'Default: never.' },
    external_id: { type: ['string', 'null'], minLength: 1 },
    active: { type: 'boolean', default: true },
    metadata: object,
    enrollment_config: object,
    source: { ...text, default: 'api' },
    ...(seats && { assignments, group_assignments: groupAssignments }),
    history: {
      type: 'array',
      items: historyEntry,
      description: 'Default: one entry for the creation.',
    },
  },
});

const groupAssignments = {
  type: 'array',
  description: 'The members of these groups hold seats too, unless `assignments` is a list.',
  items: groupAssignment,
};

const assignments = {
  description:
    'How many to make up: active ones of users, and pending ones of e-mail addresses without a user. Or a list of them.',
  if: { type: 'array' },
  // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's keyword
  then: { type: 'array', items: assignment },
  else: {
    type: 'object',
    additionalProperties: false,
    properties: {
      active: { type: 'integer', minimum: 0, default: 0 },
      pending: { type: 'integer', minimum: 0, default: 0 },
    },
  },
};

const generatedOf = ({ subject: taught }: Kind) => ({
  type: 'object',
  additionalProperties: false,
  properties: {
    generate: {
      type: 'integer',
      minimum: 1,
      maximum: 1_000_000,
      description: 'How many licenses to generate. The same seed gives the same licenses.',
    },
    platform_key: { ...text, description: 'Default: spread over all platforms.' },
    ...(taught && {
      [taught.field]: {
        ...text,
        description: `Default: spread over the platform’s ${taught.list}.`,
      },
    }),
  },
});

const licensesOf = (kind: Kind) => ({
  type: 'array',
  description: `Licenses of kind ${kind.name}. Platforms, programs and courses that are not listed above are created.`,
  items: {
    if: { type: 'object', required: ['generate'] },
    // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's keyword
    then: generatedOf(kind),
    else: licenseOf(kind),
  },
});

export const sectionSchema = {
  type: 'object',
  description: 'Licenses of the ibl Data Manager, and who holds their seats.',
  additionalProperties: false,
  properties: {
    credentials: {
      type: 'array',
      description: 'Default: dm-admin, and platform-admin of platform acme.',
      items: credential,
    },
    platforms: { type: 'array', items: platform },
    ...Object.fromEntries(
      subjects.map(({ list, hasId }) => [
        list,
        { type: 'array', items: hasId ? subjectWithId : subject },
      ]),
    ),
    users: { type: 'array', description: 'People who can be given a seat.', items: user },
    groups: { type: 'array', description: 'People who are given seats together.', items: group },
    ...Object.fromEntries(kinds.map((kind) => [kind.list, licensesOf(kind)])),
  },
};
