/**
 * The contract between the pipeline and a vendor. A vendor is pure: it gets values and gives values,
 * and knows nothing of Express, Prism, lowdb, the wall clock or chance.
 */
import type { Faker } from '@faker-js/faker';
import type { Collection, Transaction } from '../store/store.ts';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** A request as it arrived, read once. */
export type HttpRequest = {
  /** In upper case. */
  readonly method: string;
  /** Percent-encoded as sent, without sandbox prefix, mount and query: `/api/catalog/licenses/program/`. */
  readonly path: string;
  /** As sent, without `?`; empty when there is none. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty when the request has none. */
  readonly body: Buffer;
  /** What absolute links start with: scheme, host, sandbox prefix and mount, no trailing slash. */
  readonly baseUrl: string;
};

/** The part of JSON Schema 2020-12 that the specs use, references resolved. */
export type Schema = {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly Json[];
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
};

/** One operation of a vendor's spec. */
export type Operation = {
  readonly vendor: string;
  /** The spec's `operationId`; the handler has the same name. */
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  /** The full path as served, with `{parameters}`. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** The request body's schema; undefined when the operation takes none. */
  readonly body: Schema | undefined;
  /** Media types of the request body, in the spec's order. */
  readonly consumes: readonly string[];
  /** Query parameters by name, in the spec's order. */
  readonly query: Readonly<Record<string, Schema>>;
};

/** Where a request leads. */
export type Route = {
  /** What was asked for; where the path does not offer the method, the path's first operation. */
  readonly operation: Operation;
  /** The methods that the path offers, in the spec's order. */
  readonly methods: readonly string[];
  /** Path parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
};

/** Who asks. */
export type Identity = {
  /** For history records: the credential's token, or `anonymous`. */
  readonly name: string;
  readonly role: string;
  /** What the identity is confined to (ibl: a platform's key); undefined: nothing. */
  readonly scope: string | undefined;
};

/** A request that its vendor would read: known who, and decoded. */
export type Received = {
  readonly identity: Identity;
  /** Decoded, not yet coerced. Undefined when the operation takes none. */
  readonly body: Json | undefined;
  /** Decoded; a name that came several times holds a list. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
};

/** A request whose body and query are as the spec documents them. */
export type CheckedRequest = Received & { readonly http: HttpRequest; readonly route: Route };

/** An answer before it is encoded. */
export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the spec's schema speaks of; undefined: no body. */
  readonly body?: Json;
};

/** An answer as it is sent. `headers` hold `content-type` where there is a body. */
export type Encoded = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
};

/** Where in a request something was found. */
export type Place = {
  readonly in: 'body' | 'query' | 'header' | 'path';
  /** Names and list indexes from the root: `['Isbns', 0]`; empty: the whole. */
  readonly path: readonly (string | number)[];
};

/** Something the request breaks. A vendor renders it in its own words, by `keyword`. */
export type Violation = Place & {
  /** JSON Schema's keyword (`required`, `type`, `format`, …); `rule` for what a handler found, `tolerance` for a warning in profile strict. */
  readonly keyword: string;
  /** For keyword `rule` the vendor's own sentence; else ours, for the log. */
  readonly message: string;
};

/** Something the vendor's stack lets pass though its docs do not. */
export type Warning = Place & {
  /** The keyword that the documented schema would be broken by. */
  readonly keyword: string;
  /** What was tolerated and what the docs want, one sentence. */
  readonly message: string;
};

/** A refusal, as a value. `detail` is the vendor's own sentence where it has several for one kind. */
export type Problem = { readonly detail?: string } & (
  | { readonly problem: 'unknown-path' }
  | { readonly problem: 'wrong-method'; readonly methods: readonly string[] }
  | { readonly problem: 'unauthenticated' }
  | { readonly problem: 'forbidden' }
  | { readonly problem: 'unsupported-media-type'; readonly mediaType: string | undefined }
  | { readonly problem: 'not-acceptable' }
  | { readonly problem: 'unparsable' }
  | { readonly problem: 'too-large'; readonly limitBytes: number }
  | { readonly problem: 'invalid'; readonly violations: readonly Violation[] }
  | { readonly problem: 'not-found' }
  | { readonly problem: 'conflict'; readonly violations: readonly Violation[] }
  | { readonly problem: 'rate-limited'; readonly retryAfterSeconds: number }
  | { readonly problem: 'server-error' }
  | { readonly problem: 'unavailable' }
);

export function isProblem(value: object | undefined): value is Problem {
  return value !== undefined && 'problem' in value;
}

/** What a vendor may know while it answers one request. */
export type Context<Config> = {
  /** The sandbox's time, in milliseconds since 1970. */
  readonly now: number;
  readonly profile: 'wire' | 'strict';
  /** The vendor's part of the scenario that is no record: credentials, rules. */
  readonly config: Config;
  /** The current choice of a switchable ledger row; the answer's `X-Mock-Ledger` then names the row. */
  choose(row: string): string;
  /** Says that a row which has no choices shaped this answer. */
  note(row: string): void;
  /** Says what was tolerated. */
  warn(warning: Warning): void;
  /** Counts `uses` more (one when left out, 0 only looks) of `key` in the current window of the sandbox's clock; forgotten at a restart. */
  meter(
    key: string,
    windowMs: number,
    uses?: number,
  ): { readonly used: number; readonly resetsAt: number };
};

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
  readonly routing: Routing;
  readonly collections: readonly Collection<never>[];
  /** By operation id. */
  readonly handlers: Readonly<Record<string, Handler<Config>>>;
  readonly scenario: ScenarioPart<Config>;

  /**
   * Reads a request in the vendor's own order of method, credentials, media types and body. A `Reply`
   * answers at once (OPTIONS). `route` is undefined where no path of the spec matches.
   */
  receive(
    http: HttpRequest,
    route: Route | undefined,
    context: Context<Config>,
  ): Received | Problem | Reply;
  /** Turns what the framework is known to accept into the documented types, one warning each; refuses nothing. */
  coerce(received: Received, route: Route, context: Context<Config>): Received;
  /** Words a refusal as the vendor does. */
  render(
    problem: Problem,
    http: HttpRequest,
    route: Route | undefined,
    context: Context<Config>,
  ): Reply;
  /** Writes a reply in the media type the vendor would choose for this request. */
  encode(reply: Reply, http: HttpRequest): Encoded;
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
  /** JSON Schema 2020-12 of the section. Dates are `{ type: string, format: moment }`: ISO 8601 or `now-30d`. */
  readonly schema: object;
  /** What is kept of a section beside records; JSON. An empty section gives the defaults. */
  configure(section: JsonObject): Config;
  /** Stores the section's records. Dates still are as written: read them with `parseMoment(text, world.now)`. */
  plant(section: JsonObject, world: World<Config>): Promise<void>;
  /** The sandbox's records and config as a section that `configure` and `plant` turn into the same. */
  describe(world: World<Config>): Promise<JsonObject>;
};
