/** The vendor's section of a scenario: credentials, rules and licenses. */
import {
  readRules,
  ruleSchema,
  writeRule,
} from '../../frameworks/aspnet-web-api/fluent-validation/rules-section.ts';
import type { Rule } from '../../frameworks/aspnet-web-api/fluent-validation/validate.ts';
import type { Field, FieldType } from '../../frameworks/aspnet-web-api/model.ts';
import type { Json, JsonObject } from '../../messages/json.ts';
import type { ScenarioPart } from '../vendor.ts';
import type { Credential } from './credentials.ts';
import { licenseRequest } from './license-request.ts';
import { licenses, users } from './records.ts';
import { adoptOldLicenses } from './old-licenses.ts';
import { describeLicense, describeUser, plantLicense, plantUser } from './plant.ts';
import { defaultRules } from './rules.ts';

/** The section's settings, without its records. */
export type AliceConfig = {
  /** If empty, no credential is required. ALICE-CREDENTIALS. */
  readonly credentials: readonly Credential[];
  readonly rules: readonly Rule[];
};

const GUID = { type: 'string', pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' };
const INT = { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 };
const DATE = { type: 'string', format: 'moment' };
const TYPES: Partial<Record<FieldType, object>> = {
  text: { type: 'string' },
  int: INT,
  guid: GUID,
  date: DATE,
};

const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    credentials: {
      description:
        'Requests must have one of these headers. If the list is empty, no credentials are needed.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['header', 'token'],
        properties: {
          header: { type: 'string', pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$" },
          token: { description: 'The complete value of the header.', type: 'string', minLength: 1 },
        },
      },
    },
    rules: {
      description: 'Validation rules for a license, in this order. Default: plausible rules.',
      type: 'array',
      items: ruleSchema(licenseRequest),
    },
    licenses: {
      description: 'Licenses that exist from the start.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        properties: {
          id: GUID,
          created: DATE,
          modified: { anyOf: [DATE, { type: 'null' }] },
          IsPaused: { type: 'boolean' },
          IsDeleted: { type: 'boolean' },
          UserIds: { description: 'The users who have a seat.', type: 'array', items: GUID },
          TakenSeats: {
            description: 'How many users have a seat. Made-up users take those that UserIds lacks.',
            type: 'integer',
            minimum: 0,
            maximum: 100_000,
          },
          ...Object.fromEntries(
            licenseRequest.fields.map((field) => [field.name, schemaOf(field)]),
          ),
        },
      },
    },
    users: {
      description:
        'Users of whom more is known than their id. Any other user id is accepted as well.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id'],
        properties: {
          id: GUID,
          name: { type: 'string' },
          groups: { description: 'The user groups that they are in.', type: 'array', items: GUID },
          roles: { description: 'Their roles.', type: 'array', items: GUID },
          className: { type: 'string' },
          gradeLevel: { type: 'string' },
          type: INT,
        },
      },
    },
  },
};

function schemaOf(field: Field): object {
  const item = TYPES[field.type] ?? {};
  if (!field.isList) return field.isNullable ? { anyOf: [item, { type: 'null' }] } : item;
  const items = field.type === 'text' ? { type: ['string', 'null'] } : item;
  return { anyOf: [{ type: 'array', items }, { type: 'null' }] };
}

const starter = `# No credentials are needed. Without "rules", plausible default rules apply.
# rules:
#   - { property: Name, validator: NotEmpty }
licenses:
  - Name: Spring cohort
    TargetUserGroupId: ea677d34-15bf-4074-97b1-5b9661e2b4d0
    OwnerId: 6941f0ab-3291-4064-a114-87fc52f3836f
    AvailableSeats: 100
    EndDate: now+1y
`;

export const scenario: ScenarioPart<AliceConfig> = {
  lists: {
    licenses: { collection: licenses, one: 'license' },
    users: { collection: users, one: 'user' },
  },
  schema,
  starter,
  configure: (section) => ({
    credentials: listOf<Credential>(section['credentials']),
    rules:
      section['rules'] === undefined
        ? defaultRules
        : readRules(listOf<Rule>(section['rules']), licenseRequest, 'alice.rules'),
  }),

  async plant(section, world) {
    for (const user of listOf<JsonObject>(section['users'])) await plantUser(user, world);
    const all = listOf<JsonObject>(section['licenses']);
    // Licenses with an id come first, so that generated ids never collide with them.
    for (const license of all.toSorted((one, other) => rank(one) - rank(other))) {
      await plantLicense(license, world);
    }
  },

  async describe(world) {
    await adoptOldLicenses(world);
    const planted = await world.in(licenses).find();
    const described: JsonObject[] = [];
    for (const license of planted) described.push(await describeLicense(license, world));
    return {
      credentials: world.config.credentials.map((credential) => ({ ...credential })),
      rules: world.config.rules.map((rule) => writeRule(rule, licenseRequest)),
      users: (await world.in(users).find()).map(describeUser),
      licenses: described,
    };
  },
};

function rank(license: JsonObject): number {
  return license['id'] === undefined ? 1 : 0;
}

function listOf<T>(value: Json | undefined): readonly T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}
