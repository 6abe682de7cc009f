/** The vendor's section of a scenario: credentials, rules and licenses. */
import { MockError, messageOf } from '../../errors.ts';
import { parseMoment } from '../../time/moment.ts';
import type { Json, JsonObject } from '../../messages/json.ts';
import type { ScenarioPart } from '../vendor.ts';
import type { AliceConfig, Credential } from './credentials.ts';
import { formatStored, parseStored } from '../../frameworks/aspnet-web-api/values/date-time.ts';
import { parseGuid } from '../../frameworks/aspnet-web-api/values/guid.ts';
import { findField, licenseFields, type Field } from '../../frameworks/aspnet-web-api/model.ts';
import { fillDefaults, licenses, nextLicenseId, type License } from './records.ts';
import { isIsoDate, parseJsonDate } from '../../frameworks/aspnet-web-api/values/parse-date.ts';
import { defaultRules, toWireValue, type Rule } from '../../frameworks/aspnet-web-api/fluent-validation/validate.ts';
import { compilePattern, validators, type Argument, type Validator } from '../../frameworks/aspnet-web-api/fluent-validation/validators.ts';

const GUID = { type: 'string', pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' };
const INT = { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 };
const DATE = { type: 'string', format: 'moment' };
const TYPES = { text: { type: 'string' }, int: INT, guid: GUID, date: DATE };

const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    credentials: {
      description: 'What requests must carry, one of these headers; none: nothing is needed.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['header', 'token'],
        properties: {
          header: { type: 'string', pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$" },
          token: { description: 'The whole value of the header.', type: 'string', minLength: 1 },
        },
      },
    },
    rules: {
      description: 'What a license is checked by, in this order. Left out: rules that make sense.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['property', 'validator'],
        properties: {
          property: { enum: licenseFields.map(({ name }) => name) },
          validator: { enum: Object.keys(validators) },
          arguments: { type: 'array', items: { type: ['string', 'integer'] } },
        },
      },
    },
    licenses: {
      description: 'Licenses that are there from the start.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        properties: {
          id: GUID,
          created: DATE,
          ...Object.fromEntries(licenseFields.map((field) => [field.name, schemaOf(field)])),
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

export const scenario: ScenarioPart<AliceConfig> = {
  schema,
  configure: (section) => ({
    credentials: listOf<Credential>(section['credentials']),
    rules: section['rules'] === undefined ? defaultRules : readRules(section['rules']),
  }),

  async plant(section, world) {
    const records = world.in(licenses);
    const all = listOf<JsonObject>(section['licenses']);
    // Those with an id first: what is made for the others then meets none of them.
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
      rules: world.config.rules.map(writeRule),
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

/** Dates to their stored form, GUIDs to lower case. */
function readValues(values: JsonObject, now: number): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = findField(name);
      if (typeof value === 'string' && field?.type === 'date') return [name, readDate(value, now)];
      if (field?.type !== 'guid') return [name, value];
      return [name, Array.isArray(value) ? value.map(readGuid) : readGuid(value)];
    }),
  );
}

function readGuid(value: Json): Json {
  return typeof value === 'string' ? (parseGuid(value) ?? value) : value;
}

/** Relative dates by the clock; others keep all their digits and their kind. */
function readDate(text: string, now: number): Json {
  const stored = parseStored(text);
  if (stored) return formatStored(stored);
  const written = isIsoDate(text) ? parseJsonDate(text) : undefined;
  if (written) return formatStored(written);
  const at = parseMoment(text, now);
  const date = at === undefined ? undefined : parseJsonDate(new Date(at).toISOString());
  return date ? formatStored(date) : null;
}

/** Checks what the schema cannot: that a validator fits its property and its arguments. */
function readRules(section: Json): readonly Rule[] {
  return listOf<Rule>(section).map((rule, index) => {
    const where = `alice.rules[${index}]`;
    const field = findField(rule.property);
    const validator: Validator = validators[rule.validator];
    const given = rule.arguments ?? [];
    const isFit = field && (validator.types?.includes(field.type) ?? true);
    if (!field || !isFit || (validator.types && field.isList)) {
      throw broken(`${where}: ${rule.validator} cannot stand at ${rule.property}.`);
    }
    if (given.length !== validator.arguments.length) {
      const wanted = validator.arguments.join(', ') || 'none';
      throw broken(`${where}: ${rule.validator} has ${given.length} arguments. Write: ${wanted}.`);
    }
    const read = validator.arguments.map((kind, position) =>
      readArgument(kind, given[position] ?? '', { field, where }),
    );
    const plain: Rule = { property: rule.property, validator: rule.validator };
    return read.length === 0 ? plain : { ...plain, arguments: read };
  });
}

function readArgument(
  kind: Validator['arguments'][number],
  given: Argument,
  { field, where }: { field: Field; where: string },
): Argument {
  switch (kind) {
    case 'integer':
      if (typeof given === 'number') return given;
      throw broken(`${where}: "${given}" is no integer.`);
    case 'field':
      if (findField(String(given))?.type === 'date') return given;
      throw broken(`${where}: "${given}" is no property that holds a date.`);
    case 'text':
      return readPattern(String(given), where);
    case 'value':
      return readValue(given, field, where);
  }
}

function readPattern(pattern: string, where: string): string {
  try {
    compilePattern(pattern);
    return pattern;
  } catch (cause) {
    throw broken(`${where}: "${pattern}" is no regular expression: ${messageOf(cause)}.`);
  }
}

function readValue(given: Argument, field: Field, where: string): Argument {
  if (field.type === 'int' && typeof given === 'number') return given;
  if (field.type === 'text') return String(given);
  const date = field.type === 'date' ? parseJsonDate(String(given)) : undefined;
  const read = date ? formatStored(date) : parseGuid(String(given));
  if (read !== undefined && field.type !== 'int') return read;
  throw broken(`${where}: "${given}" is no value of ${field.name}.`);
}

/** Dates are shown as a person writes them; `readRules` reads them back. */
function writeRule(rule: Rule): JsonObject {
  const plain: JsonObject = { property: rule.property, validator: rule.validator };
  const field = findField(rule.property);
  if (!rule.arguments) return plain;
  return {
    ...plain,
    arguments: rule.arguments.map((each) => (field ? toWireValue(field, each) : each)),
  };
}

function broken(message: string): MockError {
  return new MockError('broken-scenario', message);
}
