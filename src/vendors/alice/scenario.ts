/** The vendor's section of a scenario: credentials, rules and licenses. */
import {
  readRules,
  ruleSchema,
  writeRule,
} from '../../frameworks/aspnet-web-api/fluent-validation/rules-section.ts';
import type { Rule } from '../../frameworks/aspnet-web-api/fluent-validation/validate.ts';
import type { Field } from '../../frameworks/aspnet-web-api/model.ts';
import { formatStored, parseStored } from '../../frameworks/aspnet-web-api/values/date-time.ts';
import { parseGuid } from '../../frameworks/aspnet-web-api/values/guid.ts';
import { isIsoDate, parseJsonDate } from '../../frameworks/aspnet-web-api/values/parse-date.ts';
import type { Json, JsonObject } from '../../messages/json.ts';
import { parseMoment } from '../../time/moment.ts';
import type { ScenarioPart } from '../vendor.ts';
import type { Credential } from './credentials.ts';
import { licenseRequest } from './license-request.ts';
import { fillDefaults, licenses, nextLicenseId, type License } from './records.ts';
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
const TYPES = { text: { type: 'string' }, int: INT, guid: GUID, date: DATE };

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
          ...Object.fromEntries(
            licenseRequest.fields.map((field) => [field.name, schemaOf(field)]),
          ),
        },
      },
    },
  },
};

function schemaOf(field: Field): object {
  const item = TYPES[field.type];
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
  lists: { licenses: { collection: licenses, one: 'license' } },
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
    const records = world.in(licenses);
    const all = listOf<JsonObject>(section['licenses']);
    // Licenses with an id come first, so that generated ids never collide with them.
    for (const { id, created, ...values } of all.toSorted(
      (one, other) => rank(one) - rank(other),
    )) {
      if (id !== undefined) await records.nextId();
      const createdAt = parseMoment(String(created ?? 'now'), world.now) ?? world.now;
      await records.insert({
        ...fillDefaults(readValues(values, world.now)),
        id: id === undefined ? await nextLicenseId(world) : String(id).toLowerCase(),
        created: new Date(createdAt).toISOString(),
      });
    }
  },

  async describe(world) {
    const found = await world.in(licenses).find();
    return {
      credentials: world.config.credentials.map((credential) => ({ ...credential })),
      rules: world.config.rules.map((rule) => writeRule(rule, licenseRequest)),
      licenses: found.map((license: License) => ({ ...license })),
    };
  },
};

function rank(license: JsonObject): number {
  return license['id'] === undefined ? 1 : 0;
}

function listOf<T>(value: Json | undefined): readonly T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}

/** Converts dates to their stored form and GUIDs to lower case. */
function readValues(values: JsonObject, now: number): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = licenseRequest.find(name);
      if (typeof value === 'string' && field?.type === 'date') return [name, readDate(value, now)];
      if (field?.type !== 'guid') return [name, value];
      return [name, Array.isArray(value) ? value.map(readGuid) : readGuid(value)];
    }),
  );
}

function readGuid(value: Json): Json {
  return typeof value === 'string' ? (parseGuid(value) ?? value) : value;
}

/** Resolves relative dates by the clock. Other dates keep all their digits and their kind. */
function readDate(text: string, now: number): Json {
  const stored = parseStored(text);
  if (stored) return formatStored(stored);
  const written = isIsoDate(text) ? parseJsonDate(text) : undefined;
  if (written) return formatStored(written);
  const at = parseMoment(text, now);
  const date = at === undefined ? undefined : parseJsonDate(new Date(at).toISOString());
  return date ? formatStored(date) : null;
}
