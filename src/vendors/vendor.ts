/**
 * The contract between the pipeline and a vendor. A vendor is pure: it gets values and gives values,
 * and knows nothing of Express, Prism, lowdb, the wall clock or chance.
 */
import type { Faker } from '@faker-js/faker';
import type { CheckedRequest, Context, Framework, Problem } from '../frameworks/framework.ts';
import type { JsonObject } from '../messages/json.ts';
import type { Reply } from '../messages/message.ts';
import type { Collection, Transaction } from '../store/store.ts';

/** What a handler works on: one sandbox, inside one transaction. */
export type World<Config> = Context<Config> & {
  readonly in: Transaction['in'];
  /** A faker that gives the same values for the same seed and record id, in any order of calls. */
  faker(recordId: string | number): Faker;
};

/** Answers one operation. Writes only through `world`; a `Problem` undoes what it wrote. */
export type Handler<Config> = {
  // A method's type, so that a vendor with any config is a `Vendor`.
  handle(request: CheckedRequest, world: World<Config>): Promise<Reply | Problem>;
}['handle'];

/** How the vendor's router reads a path. */
export type Routing = {
  /** What the vendor's paths start with: decides which vendor a request is for, the longest wins. */
  readonly prefixes: readonly string[];
  /** Prefixes that a gateway puts before them, cut off before the path is looked up: `/dm`. */
  readonly mounts: readonly string[];
  readonly ignoreCase: boolean;
  readonly ignoreTrailingSlash: boolean;
};

/**
 * A vendor. `Config` is what it keeps of a scenario beside records. Members are methods so that
 * `Vendor<IblConfig>` is a `Vendor<unknown>`: the pipeline passes each vendor its own config back.
 */
export type Vendor<Config = unknown> = {
  /** Also its folder, its spec's file name, its key in a scenario, its Pact provider name. */
  readonly name: string;
  readonly title: string;
  /** What the ids of its ledger rows start with: `IBL`. */
  readonly ledgerPrefix: string;
  readonly framework: Framework<Config>;
  readonly routing: Routing;
  readonly collections: readonly Collection<never>[];
  /** By operation id. */
  readonly handlers: Readonly<Record<string, Handler<Config>>>;
  readonly scenario: ScenarioPart<Config>;

  /** What the banner shows someone who starts the mock for the first time. */
  introduce(config: Config): Introduction;
};

export type Introduction = {
  /** The config's credentials, one a line, ready to send: `Authorization: Api-Token dm-admin  (DM admin)`; or `none needed`. */
  readonly credentials: readonly string[];
  /** A request with the first credential that succeeds however often it is sent; undefined: there is none. */
  readonly example:
    | {
        readonly method: string;
        /** With query. */
        readonly path: string;
        readonly headers: Readonly<Record<string, string>>;
        /** The body as sent. */
        readonly body: string | undefined;
      }
    | undefined;
};

/** The vendor's section of a scenario file. */
export type ScenarioPart<Config> = {
  /** What the section's keys list: a collection, and the word for one of its records (`licenses`: `license`). */
  readonly lists: Readonly<
    Record<string, { readonly collection: Collection<never>; readonly one: string }>
  >;
  /** JSON Schema 2020-12 of the section. Dates are `{ type: string, format: moment }`: ISO 8601 or `now-30d`. */
  readonly schema: object;
  /** What `scenario new` writes as the section: YAML with comments. `{externalId}` is a parameter of that file. */
  readonly starter: string;
  /** What is kept of a section beside records; JSON. An empty section gives the defaults. */
  configure(section: JsonObject): Config;
  /** Stores the section's records. Dates still are as written: read them with `parseMoment(text, world.now)`. */
  plant(section: JsonObject, world: World<Config>): Promise<void>;
  /** The sandbox's records and config as a section that `configure` and `plant` turn into the same. */
  describe(world: World<Config>): Promise<JsonObject>;
};
