/** HTTP requests and answers as values, and findings about them. */
import type { Json } from './json.ts';

/** A request as it arrived, read from the socket once. */
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

/** A decoded query. A repeated name has a list of values. Names keep their case. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

/** The decoded query and body of a request. */
export type RequestContent = {
  readonly query: Query;
  /** Undefined if the operation takes no body, or if the body was not read. */
  readonly body: Json | undefined;
};

/** An answer before it is encoded. */
export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The value that the spec's schema describes; undefined if there is no body. */
  readonly body?: Json;
  /** What a reply finds wrong with the request although its status is no error: for journal and log. */
  readonly violations?: readonly Violation[];
};

/** An answer as it is sent. If it has a body, `headers` contain `content-type`. */
export type Encoded = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
};

/** The position of a finding in a request. */
export type Place = {
  readonly in: 'body' | 'query' | 'header' | 'path';
  /** Names and list indexes from the root: `['Isbns', 0]`; empty: the whole. */
  readonly path: readonly (string | number)[];
};

/** A violation of the spec or of a rule. The framework chooses the vendor's words by `keyword`. */
export type Violation = Place & {
  /** A JSON Schema keyword (`required`, `type`, …), `rule` from a handler, or `tolerance` for a warning in profile strict. */
  readonly keyword: string;
  /** For keyword `rule`, the vendor's sentence; otherwise our own, for the log. */
  readonly message: string;
};

/** A deviation that the vendor accepts although its docs do not allow it. */
export type Warning = Place & {
  /** The keyword of the documented schema that the value violates. */
  readonly keyword: string;
  /** One sentence with what was tolerated and what the docs require. */
  readonly message: string;
};
