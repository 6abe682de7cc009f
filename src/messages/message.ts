/** HTTP requests and answers as values, and what can be said of one. */
import type { Json } from './json.ts';

/** A request as it arrived, read off the socket once. */
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
  /** Scheme, host, sandbox prefix and mount, without trailing slash: absolute links start with it. */
  readonly baseUrl: string;
};

/** Decoded; a name that came several times holds a list. Names keep their case. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

/** What a request says beside its headers, decoded. */
export type RequestContent = {
  readonly query: Query;
  /** Undefined where the operation takes no body, or it was not read. */
  readonly body: Json | undefined;
};

/** An answer before it is encoded. */
export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The value that the spec's schema describes; undefined: no body. */
  readonly body?: Json;
  /** What a reply finds wrong with the request although its status is no error: for journal and log. */
  readonly violations?: readonly Violation[];
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

/** One way in which a request breaks the spec or a rule. A framework words it, by `keyword`. */
export type Violation = Place & {
  /** JSON Schema's keyword (`required`, `type`, `format`, …); `rule` for what a handler found, `tolerance` for a warning in profile strict. */
  readonly keyword: string;
  /** For keyword `rule` the vendor's own sentence; else ours, for the log. */
  readonly message: string;
};

/** One thing that the vendor's stack accepts although its docs do not. */
export type Warning = Place & {
  /** The keyword of the documented schema that the value breaks. */
  readonly keyword: string;
  /** What was tolerated and what the docs ask for, in one sentence. */
  readonly message: string;
};
