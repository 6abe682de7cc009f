/** The facts that a project adds to Django REST framework, and what the framework reads from a request. */
import type { Operation } from '../../openapi/operation.ts';
import type { Reply, Violation } from '../../messages/message.ts';
import type { Context, Identity, Problem, Reading } from '../framework.ts';
import type { Json } from '../../messages/json.ts';
import type { Negotiated } from './negotiate.ts';
import type { WrittenNumbers } from './python-json.ts';

export type DjangoReading = Reading & {
  /** The result of negotiating `Accept`. */
  readonly accepted: Negotiated;
  /** Undefined: the body was not read, or is a form. */
  readonly written?: WrittenNumbers;
  /** The field of the body with a value that cannot be stored or shown. Undefined: there is none. */
  readonly unwritable?: string;
};

export type DjangoFacts<Config> = {
  readonly tokens: Tokens<Config>;
  /** True for a view without authentication, which does not look at credentials. */
  readonly isOpen: (operation: Operation) => boolean;
  /**
   * The permission check of the view behind `operation`. `method` is the request's; if the path does not offer it,
   * `operation` is the first operation of the path.
   */
  readonly isPermitted: (identity: Identity, method: string, operation: Operation) => boolean;
  /** Class names of the views, keyed by operation id. OPTIONS shows a view's name. */
  readonly viewClasses: Readonly<Record<string, string>>;
  readonly rowBehind: RowBehind;
  /** The project's own validators of a body's field: the message for a refused value, otherwise undefined. */
  readonly validate: (field: string, value: Json, context: Context<Config>) => string | undefined;
  /** Renders the refusals that do not come from Django REST framework. */
  readonly renderOwn: (problem: OwnProblem, context: Context<Config>) => Reply;
};

/** The project's token authentication. */
export type Tokens<Config> = {
  /** The scheme that a 401 names in `WWW-Authenticate`. */
  readonly keyword: string;
  /** True if `Authorization` may use this scheme. `scheme` is in lower case. */
  readonly isScheme: (scheme: string, context: Context<Config>) => boolean;
  /** Returns undefined if the token is unknown. */
  readonly find: (token: string, config: Config) => Identity | undefined;
  /** The owner of a token that is accepted although nobody has it. Default: a caller without a role. */
  readonly adopt?: (token: string) => Identity;
};

/** Returns the full id of the project's ledger row that explains a finding at a field; undefined if there is none. */
export type RowBehind = (
  finding: Pick<Violation, 'in' | 'path' | 'keyword'>,
  operation: Operation,
) => string | undefined;

/** Refusals that come from the code of a view or from the proxy. */
export type OwnProblem = Extract<
  Problem,
  { readonly problem: 'conflict' | 'too-large' | 'unavailable' | 'server-error' }
>;

/** Ledger rows that the framework refers to, without the vendor's prefix. */
export const djangoRows = [
  'BOOLEAN-FILTER',
  'CHARSET',
  'COERCIONS',
  'DJANGO',
  'EMPTY-FILTER',
  'FORMAT-PARAM',
  'FORM-FIELDS',
  'INDENT',
  'JSON-DEPTH',
  'MULTIPART',
  'NUMBERS',
  'OPTIONS',
  'PAGE-SIZE-LIMITS',
  'REPEATED-PARAMETERS',
  'TEXT-CHARACTERS',
  'THROTTLE',
  'TOO-MANY-FIELDS',
  'TRAILING-SLASH',
  'UNKNOWN-FIELDS',
] as const;

export type DjangoRow = (typeof djangoRows)[number];
