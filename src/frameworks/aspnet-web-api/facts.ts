/** What a vendor says about its Web API, and what the framework knows of a request. */
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
  /** Undefined where a credential is needed and the request has none that fits. */
  readonly identify: (http: HttpRequest, config: Config) => Identity | undefined;
  /** By operation id. An operation that is not here takes nothing and answers errors alone. */
  readonly actions: Readonly<Record<string, Action>>;
  /** Names of the controllers: a 404 tells an unknown controller from an unknown action. */
  readonly controllers: readonly string[];
  /** Paths that the vendor serves and the mock does not, and the ledger row to note at their 404. */
  readonly unserved: { readonly path: RegExp; readonly row: string };
};

/** The method of a controller that answers an operation. */
export type Action = {
  /** Its parameters that are bound from path and query; undefined: it looks at neither. */
  readonly uri?: readonly UriParameter[];
  /** Its parameter that is bound from the body; undefined: it has none. */
  readonly argument?: Argument;
  /** The classes that it may answer, for XML. */
  readonly answers: readonly DataContract[];
  /** True: the service that has it may have its formatters in the other order, XML first. Row FORMATTERS. */
  readonly mayPreferXml?: boolean;
};

export type Argument = {
  /** The name of the parameter: keys of ModelState begin with it. */
  readonly parameter: string;
  /** Its class. */
  readonly model: Model;
  /** What the action throws where a request has no body to bind. */
  readonly onNull: Exception;
};

export type Exception = { readonly type: string; readonly message: string };

export type WebApiReading = Reading & {
  /** Undefined where no path matches, or for an operation without an action. */
  readonly action: Action | undefined;
  /** The query as sent, which a 404 repeats. */
  readonly query: string;
  /** Of the body, by Content-Type; undefined where it has none or is malformed. */
  readonly mediaType: MediaType | undefined;
  /** What reads the body; undefined: no formatter takes its media type. */
  readonly source: Source | undefined;
  /** How the answer is written. */
  readonly answer: Negotiated;
  /** The body before its values are bound; undefined until it was read. */
  readonly decoded: Decoded | undefined;
  /** Path and query; undefined where the action looks at neither. */
  readonly uri: BoundUri | undefined;
};
