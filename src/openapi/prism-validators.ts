/**
 * Calls Prism's validators directly, because its public API makes each check several times as expensive, mostly
 * outside the schema (docs/decisions/0006-call-prism-s-validators.md). They are not part of Prism's public API, so
 * its version is pinned exactly, and a test fails if an upgrade moves them.
 */
import { createRequire } from 'node:module';
import type * as PrismHeaders from '@stoplight/prism-http/dist/validator/validators/headers.js';
import type * as PrismMediaTypes from '@stoplight/prism-http/dist/validator/utils/wildcardMediaTypeMatch.js';
import type * as PrismTypes from '@stoplight/prism-http/dist/validator/validators/types.js';
import type * as PrismSchemas from '@stoplight/prism-http/dist/validator/validators/utils.js';
import type * as Prism from '@stoplight/prism-http/dist/validator/index.js';
import type { Json } from '../messages/json.ts';
import { fullChecks, parameterChecks, quickChecks } from './compiled-checks.ts';
import type { PrismOperation } from './read-operations.ts';

const require = createRequire(import.meta.url);

/** Loads Prism's module at the first call: a tenth of the start, and most answers do not need it. */
function once<T>(name: string): () => T {
  let loaded: T | undefined;
  return () => (loaded ??= require(`@stoplight/prism-http/dist/validator/${name}`) as T);
}

const prism = once<typeof Prism>('index.js');
const headersOf = once<typeof PrismHeaders>('validators/headers.js');
const mediaTypes = once<typeof PrismMediaTypes>('utils/wildcardMediaTypeMatch.js');
const types = once<typeof PrismTypes>('validators/types.js');
const schemas = once<typeof PrismSchemas>('validators/utils.js');

export const validateInput: typeof Prism.validateInput = (given) => prism().validateInput(given);
export const validateOutput: typeof Prism.validateOutput = (given) => prism().validateOutput(given);
export const validateSecurity: typeof Prism.validateSecurity = (given) =>
  prism().validateSecurity(given);

export type BodySchema = Parameters<typeof PrismSchemas.validateAgainstSchema>[1];

export type HeaderSpecs = NonNullable<PrismOperation['responses'][number]['headers']>;

type PrismRequest = NonNullable<PrismOperation['request']>;
export type ParameterSpecs =
  | HeaderSpecs
  | NonNullable<PrismRequest['query']>
  | NonNullable<PrismRequest['path']>;

/** One finding of Prism. Severity 0 is an error; others are only notes. */
export type Finding = {
  readonly path?: readonly (string | number)[];
  readonly code?: string | number;
  readonly message: string;
  readonly severity: number;
};

type Content = { readonly mediaType: string; readonly schema?: object };

/** Media types whose bodies Prism does not decode, unlike forms. */
const PLAIN = /^[a-z]+\/(?:json|xml|html|problem\+json)$/;
/** Prism rewrites schemas with these keywords for each direction before it checks. */
const REWRITTEN = /"(?:allOf|readOnly|writeOnly)":/;

/**
 * Returns the schema that Prism would use unchanged for a body of this media type. Undefined if Prism does more
 * than that and must run its full check.
 */
export function findBodySchema(
  contents: readonly Content[] | undefined,
  mediaType: string | undefined,
): BodySchema | undefined {
  if (mediaType === undefined) return undefined;
  const content = contents?.find((each) =>
    mediaTypes().wildcardMediaTypeMatch(mediaType, each.mediaType),
  );
  if (!content?.schema || !PLAIN.test(content.mediaType)) return undefined;
  return REWRITTEN.test(JSON.stringify(content.schema))
    ? undefined
    : (content.schema as BodySchema);
}

/** Checks a body like Prism's own check. */
export function validateBody(
  body: Json,
  schema: BodySchema,
  direction: 'Input' | 'Output',
  operation: PrismOperation,
): readonly Finding[] {
  if (quickChecks.find(schema)?.(body)) return [];
  const full = fullChecks.find(schema);
  if (full) {
    if (full(body)) return [];
    const context = types().ValidationContext[direction];
    return schemas().convertAjvErrors(
      full.errors as never,
      0,
      context,
      'body',
    ) as readonly Finding[];
  }
  const { __bundled__: bundle } = operation as { readonly __bundled__?: unknown };
  const found = schemas().validateAgainstSchema(
    body,
    schema,
    false,
    types().ValidationContext[direction],
    'body',
    bundle,
  );
  return found._tag === 'Some' ? found.value : [];
}

/**
 * True if a request without a body fits, as far as query and path can be judged without Prism. `query` and `parameters`
 * are by name, as documented.
 */
export function fitsWithoutBody(
  { request }: PrismOperation,
  query: Readonly<Record<string, string | readonly string[]>>,
  parameters: Readonly<Record<string, string>>,
): boolean {
  if (!request) return true;
  const { body, headers = [], query: inQuery = [], path: inPath = [] } = request;
  if (body?.required === true || headers.length > 0) return false;
  return fitsParameters(inQuery, query) && fitsParameters(inPath, parameters);
}

function fitsParameters(
  documented: ParameterSpecs,
  given: Readonly<Record<string, string | readonly string[]>>,
): boolean {
  if (documented.length === 0) return true;
  const check = parameterChecks.find(documented);
  if (!check) return false;
  const values: Record<string, Json> = {};
  for (const { name } of documented) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    // Prism leaves out empty ones. Several values are no single one.
    if (typeof value === 'object') return false;
    if (value) values[name.toLowerCase()] = value;
  }
  return check(values);
}

/** Checks the headers of an answer like Prism's own check. */
export function validateHeaders(
  headers: Readonly<Record<string, string>>,
  documented: HeaderSpecs,
  operation: PrismOperation,
): readonly Finding[] {
  if (parameterChecks.find(documented)?.(valuesOf(headers, documented))) return [];
  const { __bundled__: bundle } = operation as { readonly __bundled__?: unknown };
  const checked = headersOf().validate(
    { ...headers },
    documented,
    types().ValidationContext.Output,
    bundle,
  );
  return checked._tag === 'Left' ? (checked.left as readonly Finding[]) : [];
}

/** The documented headers that are there. Prism leaves out empty ones. */
function valuesOf(
  headers: Readonly<Record<string, string>>,
  documented: HeaderSpecs,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name in headers) {
    const lower = name.toLowerCase();
    const value = headers[name];
    if (value && documented.some((each) => each.name.toLowerCase() === lower)) {
      values[lower] = value;
    }
  }
  return values;
}
