/** The facts that a vendor supplies about its Web API, and what the framework has read of a request. */
import type { HttpRequest } from '../../messages/message.ts';
import type { Identity, Reading } from '../framework.ts';
import type { Source } from './bind-value.ts';
import type { Decoded } from './decoded.ts';
import type { MediaType } from './media-type.ts';
import type { Model } from './model.ts';
import type { Negotiated } from './negotiate.ts';
import type { BoundUri, UriParameter } from './uri.ts';
import type { DataContract } from './xml/data-contract.ts';

export type WebApiFacts<Config> = {
  /** Returns undefined if a credential is required and the request has no valid one. */
  readonly identify: (http: HttpRequest, config: Config) => Identity | undefined;
  /** Keyed by operation id. An operation that is missing here reads nothing and answers only errors. */
  readonly actions: Readonly<Record<string, Action>>;
  /** Names of the controllers, because a 404 distinguishes an unknown controller from an unknown action. */
  readonly controllers: readonly string[];
  /** Paths that the vendor serves and the mock does not; their 404 names the ledger row `row`. */
  readonly unserved: { readonly path: RegExp; readonly row: string };
};

/** The controller method that answers an operation. */
export type Action = {
  /** Its parameters that are bound from path and query; undefined if it has none. */
  readonly uri?: readonly UriParameter[];
  /** Its parameter that is bound from the body; undefined if it has none. */
  readonly argument?: Argument;
  /** The classes that it can answer with; needed to write XML. */
  readonly answers: readonly DataContract[];
  /** True if its service may prefer XML to JSON. Row FORMATTERS. */
  readonly mayPreferXml?: boolean;
};

export type Argument = {
  /** The name of the parameter. Keys of ModelState begin with it. */
  readonly parameter: string;
  /** The class to which the body is bound. */
  readonly model: Model;
  /** The exception that the action throws if the request has no body to bind. */
  readonly onNull: Exception;
};

export type Exception = { readonly type: string; readonly message: string };

export type WebApiReading = Reading & {
  /** Undefined if no path matches or the operation has no action. */
  readonly action: Action | undefined;
  /** The query as sent, because a 404 quotes it. */
  readonly query: string;
  /** The body's media type, from Content-Type; undefined if the header is missing or malformed. */
  readonly mediaType: MediaType | undefined;
  /** The reader for the body; undefined if no formatter accepts its media type. */
  readonly source: Source | undefined;
  /** The negotiated media type and charset of the answer. */
  readonly answer: Negotiated;
  /** The body before its values are bound; undefined until the body is read. */
  readonly decoded: Decoded | undefined;
  /** The bound path and query; undefined if the action has no parameters there. */
  readonly uri: BoundUri | undefined;
};
