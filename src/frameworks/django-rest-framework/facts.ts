/** What a project adds to Django REST framework, and what the framework reads from a request. */
import type { Operation } from '../../openapi/operation.ts';
import type { Reply, Violation } from '../../messages/message.ts';
import type { Context, Identity, Problem, Reading } from '../framework.ts';
import type { Negotiated } from './negotiate.ts';

export type DjangoReading = Reading & {
  /** What `Accept` comes to. */
  readonly accepted: Negotiated;
};

export type DjangoFacts<Config> = {
  readonly tokens: Tokens<Config>;
  /**
   * The permission of the view behind `operation`. `method` is the request's; where the path does not offer it,
   * `operation` is the path's first.
   */
  readonly isPermitted: (identity: Identity, method: string, operation: Operation) => boolean;
  /** Class names of views by operation id; OPTIONS shows a view's name. */
  readonly viewClasses: Readonly<Record<string, string>>;
  readonly rowBehind: RowBehind;
  /** Words the refusals that Django REST framework does not word. */
  readonly renderOwn: (problem: OwnProblem, context: Context<Config>) => Reply;
};

/** The project's token authentication. */
export type Tokens<Config> = {
  /** What a 401 names in `WWW-Authenticate`. */
  readonly keyword: string;
  /** Whether `Authorization` may use this scheme; `scheme` is in lower case. */
  readonly isScheme: (scheme: string, context: Context<Config>) => boolean;
  /** Undefined: nobody has this token. */
  readonly find: (token: string, config: Config) => Identity | undefined;
};

/** The full id of the project's own ledger row behind what was found at a field; undefined: it has none. */
export type RowBehind = (
  finding: Pick<Violation, 'in' | 'path' | 'keyword'>,
  operation: Operation,
) => string | undefined;

/** Refusals that come from a view's own code or from the proxy. */
export type OwnProblem = Extract<
  Problem,
  { readonly problem: 'conflict' | 'too-large' | 'unavailable' | 'server-error' }
>;

/** The ledger rows that the framework names, without the vendor's prefix. */
export const djangoRows = [
  'BOOLEAN-FILTER',
  'CHARSET',
  'COERCIONS',
  'EMPTY-FILTER',
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
