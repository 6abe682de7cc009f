/** The `ibl` section of a scenario: its JSON Schema, and the types of a section that passed it. */
import type { JsonObject } from '../../../messages/json.ts';
import type { HistoryEntry } from '../records.ts';

type PlatformEntry = {
  readonly id?: number;
  readonly key: string;
  readonly org?: string;
  readonly name?: string;
};

type ProgramEntry = {
  readonly key: string;
  readonly id?: string;
  readonly name?: string;
  readonly platform: string;
};

export type LicenseEntry = {
  readonly id?: number;
  readonly platform_key: string;
  readonly program_key: string;
  readonly name: string;
  readonly count: number;
  readonly created?: string;
  readonly started?: string;
  readonly expired?: string | null;
  readonly external_id?: string | null;
  readonly active?: boolean;
  readonly metadata?: JsonObject;
  readonly enrollment_config?: JsonObject;
  readonly source?: string;
  readonly assignments?: { readonly active?: number; readonly pending?: number };
  readonly history?: readonly HistoryItem[];
};

export type HistoryItem = Pick<HistoryEntry, 'change_type' | 'at'> &
  Partial<Omit<HistoryEntry, 'license_id'>>;

export type GenerateEntry = {
  readonly generate: number;
  readonly platform_key?: string;
  readonly program_key?: string;
};

export type Section = {
  readonly platforms?: readonly PlatformEntry[];
  readonly programs?: readonly ProgramEntry[];
  readonly licenses?: readonly (LicenseEntry | GenerateEntry)[];
};

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
        'A DM admin may do everything; a platform admin may only read the licenses of their platform.',
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

const program = {
  type: 'object',
  additionalProperties: false,
  required: ['key', 'platform'],
  properties: {
    key: text,
    id: { ...text, description: 'Shown as program_id in responses. Default: the key.' },
    name: { ...text, description: 'Default: the key.' },
    platform: { ...text, description: 'The key of the platform it belongs to.' },
  },
};

const historyEntry = {
  type: 'object',
  additionalProperties: false,
  required: ['change_type', 'at'],
  properties: {
    id,
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

const license = {
  type: 'object',
  additionalProperties: false,
  required: ['platform_key', 'program_key', 'name', 'count'],
  properties: {
    id,
    platform_key: text,
    program_key: text,
    name: text,
    count: { type: 'integer', minimum: 0, maximum: 2_147_483_647 },
    created: { ...moment, description: 'Default: now.' },
    started: { ...moment, description: 'Default: now.' },
    expired: { type: ['string', 'null'], format: 'moment', description: 'Default: never.' },
    external_id: { type: ['string', 'null'], minLength: 1 },
    active: { type: 'boolean', default: true },
    metadata: object,
    enrollment_config: object,
    source: { ...text, default: 'api' },
    assignments: {
      type: 'object',
      additionalProperties: false,
      properties: {
        active: { type: 'integer', minimum: 0, default: 0 },
        pending: { type: 'integer', minimum: 0, default: 0 },
      },
    },
    history: {
      type: 'array',
      items: historyEntry,
      description: 'Default: one entry for the creation.',
    },
  },
};

const generated = {
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
    program_key: { ...text, description: 'Default: spread over the platform’s programs.' },
  },
};

export const sectionSchema = {
  type: 'object',
  description: 'Program licenses of the ibl Data Manager.',
  additionalProperties: false,
  properties: {
    credentials: {
      type: 'array',
      description: 'Default: dm-admin, and platform-admin of platform acme.',
      items: credential,
    },
    platforms: { type: 'array', items: platform },
    programs: { type: 'array', items: program },
    licenses: {
      type: 'array',
      description: 'Platforms and programs that are not listed above are created.',
      items: {
        if: { type: 'object', required: ['generate'] },
        // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's keyword
        then: generated,
        else: license,
      },
    },
  },
};
