/** A scenario as a value, and the JSON Schema of its file. Each vendor adds the schema of its section. */
import type { JsonObject } from '../messages/json.ts';
import type { Vendor } from '../vendors/vendor.ts';

export type Scenario = {
  readonly name: string;
  readonly description: string;
  /** Parsed by `parseClock`: `now` is real time, `now-30d` has an offset, an ISO 8601 date-time is frozen. */
  readonly clock: string;
  readonly seed: number;
  /** Whether unknown platforms, programs, clients and courses are created on first use or refused. */
  readonly references: 'open' | 'closed';
  readonly profile: 'wire' | 'strict' | undefined;
  /** Ledger row to choice. */
  readonly settings: Readonly<Record<string, string>>;
  /** The Pact provider states that it defines. */
  readonly providerStates: readonly string[];
  /** The values of its parameters. */
  readonly params: Readonly<Record<string, string | number | boolean>>;
  /** Vendor name to its section. */
  readonly sections: Readonly<Record<string, JsonObject>>;
  /** Its source, for messages. */
  readonly origin: string;
};

/** The schema of a scenario file, for editors (scenarios/scenario.schema.json) and for `loadScenario`. */
export function scenarioSchema(vendors: readonly Vendor[]): object {
  const sections = vendors.map((vendor) => [
    vendor.name,
    // A separate $id, so that local references of a section resolve inside it.
    { $id: `https://license-mock.dev/scenario/${vendor.name}`, ...vendor.scenario.schema },
  ]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A license-mock scenario',
    type: 'object',
    additionalProperties: false,
    properties: {
      name: {
        description: 'Default: the file name without its extension.',
        type: 'string',
        pattern: '^[a-z0-9][a-z0-9-]{0,63}$',
      },
      description: { type: 'string' },
      clock: {
        description:
          'now: real time. now-30d, now+1y: that far behind or ahead of real time. An ISO 8601 date-time: frozen at that time.',
        type: 'string',
        format: 'moment',
      },
      seed: { type: 'integer', minimum: 0, maximum: 4294967295, default: 1 },
      references: {
        description:
          'open: creates unknown platforms, programs, clients and courses on first use, with a warning. closed: refuses them.',
        enum: ['open', 'closed'],
        default: 'open',
      },
      profile: { enum: ['wire', 'strict'] },
      settings: {
        description: 'Ledger rows and their choices; see specs/ledger.yaml.',
        type: 'object',
        additionalProperties: { type: ['string', 'integer'] },
      },
      providerStates: {
        description: 'Pact provider states that this scenario defines.',
        type: 'array',
        items: { type: 'string', minLength: 1 },
      },
      parameters: {
        description:
          'Parameters of the provider states: a JSON Schema for each name. In the records below, {name} is replaced by the value.',
        type: 'object',
        propertyNames: { pattern: String.raw`^[A-Za-z_]\w*$` },
        additionalProperties: {
          type: 'object',
          required: ['type'],
          properties: {
            type: { enum: ['string', 'integer', 'number', 'boolean'] },
            description: { type: 'string' },
            default: {
              description: 'Value if an interaction does not set one.',
              type: ['string', 'number', 'boolean'],
            },
          },
        },
      },
      ...Object.fromEntries(sections),
    },
  };
}
