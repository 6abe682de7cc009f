/**
 * The contract between the pipeline and a vendor. A vendor is pure: it takes values and returns values,
 * and does not use Express, Prism, lowdb, the wall clock or random numbers.
 */
import type { Faker } from '@faker-js/faker';
import type { CheckedRequest, Context, Framework, Problem } from '../frameworks/framework.ts';
import type { Json, JsonObject } from '../messages/json.ts';
import type { Reply } from '../messages/message.ts';
import type { Collection, Transaction } from '../store/store.ts';
import type { Outline } from './outline.ts';

/** One sandbox inside one transaction. Handlers read and write through it. */
export type World<Config> = Context<Config> & {
  readonly in: Transaction['in'];
  readonly seed: number;
  /** Returns a faker whose values depend only on the sandbox's seed and the record id, not on the order of calls. */
  faker(recordId: string | number): Faker;
};

/** Answers one operation. Writes only through `world`; returning a `Problem` rolls the writes back. */
export type Handler<Config> = {
  // A method's type, so that a vendor with any config is a `Vendor`.
  handle(request: CheckedRequest, world: World<Config>): Promise<Reply | Problem>;
}['handle'];

/** How the vendor's router treats paths. */
export type Routing = {
  /** Prefixes of the vendor's paths. A request goes to the vendor with the longest matching prefix. */
  readonly prefixes: readonly string[];
  /** Prefixes that a gateway or server puts before the paths: `/dm`, `/{region}/v2`. They are removed before the path is looked up. */
  readonly mounts: readonly string[];
  readonly ignoreCase: boolean;
  readonly ignoreTrailingSlash: boolean;
};

/**
 * A vendor. `Config` holds its settings from a scenario. Members are methods so that
 * `Vendor<IblConfig>` is assignable to `Vendor<unknown>`: the pipeline passes each vendor only its own config.
 */
export type Vendor<Config = unknown> = {
  /** Also the name of its folder, spec file, scenario section and Pact provider. */
  readonly name: string;
  readonly title: string;
  /** Prefix of the ids of its ledger rows, such as `IBL`. */
  readonly ledgerPrefix: string;
  readonly framework: Framework<Config>;
  readonly routing: Routing;
  readonly collections: readonly Collection<never>[];
  /** The collections that people look into. Default: none. */
  readonly outlines?: readonly Outline[];
  /** Keyed by operation id. */
  readonly handlers: Readonly<Record<string, Handler<Config>>>;
  readonly scenario: ScenarioPart<Config>;
  /** Undefined: the vendor has no lists from which its records can be read. */
  readonly pull?: PullPart;
  /** The credentials and the example that the banner shows. */
  introduce(config: Config): Introduction;
};

export type Introduction = {
  /** One line for each credential, ready to send: `Authorization: Api-Token dm-admin  (DM admin)`; or `none needed`. */
  readonly credentials: readonly string[];
  /** A request with the first credential that succeeds however often it is sent; undefined if there is none. */
  readonly example:
    | {
        readonly method: string;
        /** Includes the query. */
        readonly path: string;
        readonly headers: Readonly<Record<string, string>>;
        readonly body: string | undefined;
      }
    | undefined;
};

/** The vendor's section of a scenario file. */
export type ScenarioPart<Config> = {
  /** For each key of the section that is a list: its collection, and the word for one record (`licenses`: `license`). */
  readonly lists: Readonly<
    Record<string, { readonly collection: Collection<never>; readonly one: string }>
  >;
  /** Fields of a list's items that name items of another list, by its field `key`. Default: none. */
  readonly references?: readonly {
    readonly list: string;
    readonly field: string;
    readonly of: string;
    readonly key: string;
  }[];
  /** JSON Schema 2020-12 of the section. Dates are `{ type: string, format: moment }`: ISO 8601 or `now-30d`. */
  readonly schema: object;
  /** The section that `scenario new` writes: YAML with comments. `{externalId}` is a parameter of that file. */
  readonly starter: string;
  /** Returns the section's settings as JSON. An empty section gives the defaults. */
  configure(section: JsonObject): Config;
  /** Stores the section's records. Dates are not resolved yet: read them with `parseMoment(text, world.now)`. */
  plant(section: JsonObject, world: World<Config>): Promise<void>;
  /** Returns the sandbox's records and config as a section from which `configure` and `plant` restore them. */
  describe(world: World<Config>): Promise<JsonObject>;
};

/** How what the vendor's list operations show becomes its section of a scenario. */
export type PullPart = {
  /**
   * Reads every list. What the lists do not show is left out. `hasSeats`: also reads who has a seat where that takes
   * requests for each license.
   */
  read(ask: Ask, options: { readonly hasSeats: boolean }): Promise<JsonObject>;
  /** Texts that name nothing of a customer's, so that they are never replaced: `licenses[].source`. */
  readonly kept: readonly string[];
};

/** Sends a request to the live vendor, and returns the body of its success. */
export type Ask = (request: {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
}) => Promise<Json>;
